package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A record as it came out of a shard; one that the KPL had aggregated comes as the records that were in it. Immutable,
 * but for the bytes, which nobody may change.
 *
 * @param shardId the shard
 * @param sequenceNumber decimal, grows within the shard
 * @param subSequenceNumber the place in an aggregated record, from 0; 0 for others
 * @param partitionKey the key that it was put with
 * @param arrival when Kinesis took it (ApproximateArrivalTimestamp, milliseconds)
 * @param data its bytes
 */
public record StreamRecord(
        String shardId,
        String sequenceNumber,
        long subSequenceNumber,
        String partitionKey,
        Instant arrival,
        byte[] data) {
    /** Checks that nothing is missing. */
    public StreamRecord {
        requireNonNull(shardId, "shardId");
        requireNonNull(sequenceNumber, "sequenceNumber");
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(arrival, "arrival");
        requireNonNull(data, "data");
    }

    /** Where it stands in the stream; neither its key nor its bytes. */
    @Override
    public String toString() {
        return "StreamRecord[" + shardId + " " + sequenceNumber + "." + subSequenceNumber + ", " + data.length
                + " bytes]";
    }
}
