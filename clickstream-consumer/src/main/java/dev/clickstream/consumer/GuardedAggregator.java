package dev.clickstream.consumer;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * Takes the KPL's aggregates apart in KCL's place: it never throws, as KCL skips records when something does, and it
 * throws nothing away. An aggregate that is broken inside becomes one {@link Broken} record; which of the others fall
 * outside the shard is for the processor to say, which knows the shard's range for certain. Thread-safe.
 */
final class GuardedAggregator extends AggregatorUtil {
    private static final int DIGEST_BYTES = 16;

    @Override
    public List<KinesisClientRecord> deaggregate(
            List<KinesisClientRecord> records, BigInteger startingHashKey, BigInteger endingHashKey) {
        KclTaskGuard.recordsTaken();
        List<KinesisClientRecord> result = new ArrayList<>(records.size());
        for (KinesisClientRecord record : records) {
            add(result, record);
        }
        return result;
    }

    private static void add(List<KinesisClientRecord> result, KinesisClientRecord record) {
        int before = result.size();
        try {
            byte[] message = messageOf(record.data());
            if (message == null) {
                result.add(record);
            } else {
                addAll(result, record, message);
            }
        } catch (Exception | StackOverflowError e) {
            result.subList(before, result.size()).clear();
            result.add(new Broken(record));
        }
    }

    /** What stands between magic and digest, or null if it is an ordinary record. */
    private static byte @Nullable [] messageOf(ByteBuffer data) throws NoSuchAlgorithmException {
        byte[] bytes = KclRecords.bytes(data);
        int magic = AGGREGATED_RECORD_MAGIC.length;
        if (bytes.length <= magic + DIGEST_BYTES
                || !Arrays.equals(bytes, 0, magic, AGGREGATED_RECORD_MAGIC, 0, magic)) {
            return null;
        }
        byte[] message = Arrays.copyOfRange(bytes, magic, bytes.length - DIGEST_BYTES);
        byte[] digest = MessageDigest.getInstance("MD5").digest(message);
        return Arrays.equals(digest, 0, DIGEST_BYTES, bytes, bytes.length - DIGEST_BYTES, bytes.length)
                ? message
                : null;
    }

    private static void addAll(List<KinesisClientRecord> result, KinesisClientRecord record, byte[] message) {
        Messages.AggregatedRecord aggregate;
        try {
            aggregate = Messages.AggregatedRecord.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            result.add(record); // as KCL does: bytes that only look like an aggregate
            return;
        }
        if (aggregate.getRecordsCount() == 0) {
            throw new IllegalArgumentException("An aggregate without records");
        }
        long place = 0;
        for (Messages.Record one : aggregate.getRecordsList()) {
            String explicitHashKey = one.hasExplicitHashKeyIndex()
                    ? aggregate.getExplicitHashKeyTable((int) one.getExplicitHashKeyIndex())
                    : null;
            if (explicitHashKey != null) {
                new BigInteger(explicitHashKey);
            }
            result.add(record.toBuilder()
                    .data(one.getData().asReadOnlyByteBuffer())
                    .partitionKey(aggregate.getPartitionKeyTable((int) one.getPartitionKeyIndex()))
                    .explicitHashKey(explicitHashKey)
                    .aggregated(true)
                    .subSequenceNumber(place++)
                    .build());
        }
    }

    /** An aggregate that is whole by its digest, and cannot be taken apart: the record as it came. */
    static final class Broken extends KinesisClientRecord {
        Broken(KinesisClientRecord record) {
            super(
                    record.sequenceNumber(),
                    record.approximateArrivalTimestamp(),
                    record.data(),
                    record.partitionKey(),
                    record.encryptionType(),
                    0,
                    record.explicitHashKey(),
                    false,
                    null);
        }
    }
}
