package dev.clickstream.local.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where in a shard a reader begins, in the words of an iterator's or a subscription's type. */
record StartingPlace(Stream stream, Shard shard, KinesisClock clock) {

    long position(String type, @Nullable String sequenceNumber, @Nullable Instant timestamp, String operation) {
        boolean bySequence = type.endsWith("_SEQUENCE_NUMBER");
        if (bySequence != (sequenceNumber != null)) {
            throw ApiException.invalidArgument(
                    "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or "
                            + "(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified " + type
                            + (bySequence ? " and no StartingSequenceNumber." : " and also a StartingSequenceNumber."));
        }
        return switch (type) {
            case "TRIM_HORIZON" -> SequenceNumbers.START;
            case "LATEST" -> shard.latest();
            case "AT_TIMESTAMP" -> shard.firstArrivedAtOrAfter(notInFuture(timestamp));
            case "AFTER_SEQUENCE_NUMBER" -> after(at(sequenceNumber, operation));
            default -> at(sequenceNumber, operation);
        };
    }

    private long notInFuture(@Nullable Instant timestamp) {
        if (timestamp == null) {
            throw ApiException.invalidArgument("Must specify timestampInMillis parameter for iterator of type "
                    + "AT_TIMESTAMP. Current request has no timestamp parameter.");
        }
        long now = clock.millis();
        if (timestamp.toEpochMilli() > now) {
            throw ApiException.invalidArgument("The timestampInMillis parameter cannot be greater than the "
                    + "currentTimestampInMillis. timestampInMillis: " + timestamp.toEpochMilli()
                    + ", currentTimestampInMillis: " + now);
        }
        return timestamp.toEpochMilli();
    }

    private static long after(long position) {
        return position == SequenceNumbers.END ? position : position + 1;
    }

    private long at(@Nullable String sequenceNumber, String operation) {
        BigInteger number = new BigInteger(sequenceNumber == null ? "0" : sequenceNumber);
        int encoded = SequenceNumbers.shardIndexOf(number);
        if (encoded != shard.index()) {
            throw ApiException.invalidArgument("Invalid StartingSequenceNumber. It encodes " + Shard.id(encoded)
                    + ", while it was used in a call to a shard with " + shard);
        }
        OptionalLong position = shard.sequenceNumbers().positionOf(number);
        return position.orElseThrow(() -> ApiException.invalidArgument("StartingSequenceNumber " + sequenceNumber
                + " used in " + operation + " on shard " + shard + " in stream " + stream.name() + " under account "
                + Account.ID + " is invalid because it did not come from this stream."));
    }
}
