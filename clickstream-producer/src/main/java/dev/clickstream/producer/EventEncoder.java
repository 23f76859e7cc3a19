package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.SendFailedException.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Event to key and bytes, on the caller's thread and without a lock. */
final class EventEncoder {

    /** A sequence number's digits and the closing brace. */
    private static final int END_BYTES = 20;

    private final PartitionKey partitionKey;
    private final int maxRecordBytes;
    private final byte[] numbers;

    EventEncoder(PartitionKey partitionKey, int maxRecordBytes, String producerId, long epoch) {
        this.partitionKey = partitionKey;
        this.maxRecordBytes = maxRecordBytes;
        this.numbers = (",\"producer_id\":\"" + producerId + "\",\"producer_epoch\":" + epoch
                        + ",\"producer_sequence\":")
                .getBytes(UTF_8);
    }

    EncodedEvent encode(ClickEvent event) {
        String key = key(event);
        byte[] json = unnumbered(event).toJson();
        byte[] start = Arrays.copyOf(json, json.length - 1 + numbers.length);
        System.arraycopy(numbers, 0, start, json.length - 1, numbers.length);
        long recordBytes = (long) start.length + END_BYTES + key.getBytes(UTF_8).length;
        if (recordBytes > maxRecordBytes) {
            throw new SendFailedException(
                    Reason.TOO_LARGE,
                    "an event's record, key included, may have " + maxRecordBytes + " bytes, was " + recordBytes);
        }
        HashKey explicit = explicitHashKey(event);
        return explicit == null
                ? new EncodedEvent(key, HashKey.of(key), null, start, (int) recordBytes)
                : new EncodedEvent(key, explicit, explicit.toDecimal(), start, (int) recordBytes);
    }

    private @Nullable HashKey explicitHashKey(ClickEvent event) {
        try {
            BigInteger explicit = partitionKey.explicitHashKey(event);
            return explicit == null ? null : HashKey.of(explicit);
        } catch (RuntimeException e) {
            throw new SendFailedException(
                    Reason.INVALID_KEY, "the explicit hash key is not 0 to 2^128 - 1, or its function threw", e);
        }
    }

    private String key(ClickEvent event) {
        String key;
        try {
            key = partitionKey.of(event);
        } catch (RuntimeException e) {
            throw new SendFailedException(Reason.INVALID_KEY, "the partition key's function threw", e);
        }
        int characters = key == null ? 0 : key.codePointCount(0, key.length());
        if (characters < 1 || characters > PartitionKeys.MAX_CHARACTERS) {
            throw new SendFailedException(
                    Reason.INVALID_KEY,
                    "a partition key must have 1 to " + PartitionKeys.MAX_CHARACTERS + " characters, had "
                            + characters);
        }
        return key;
    }

    /** An event that was read from a stream brings the numbers of the producer that sent it first. */
    private static ClickEvent unnumbered(ClickEvent event) {
        if (event.producerId() == null && event.producerEpoch() == null && event.producerSequence() == null) {
            return event;
        }
        return event.toBuilder().producer(null, null, null).build();
    }
}
