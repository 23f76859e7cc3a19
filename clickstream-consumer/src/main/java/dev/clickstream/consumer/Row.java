package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A row to deliver: what a transform made, and where it came from. Immutable, but for the bytes, which nobody may
 * change.
 *
 * @param sequenceNumber of the stream record
 * @param subSequenceNumber of the stream record
 * @param arrival of the stream record
 * @param data the row, without a delimiter
 * @param partitionKeys names and values for the prefix
 */
public record Row(
        String sequenceNumber,
        long subSequenceNumber,
        Instant arrival,
        byte[] data,
        Map<String, String> partitionKeys) {
    /** Checks that nothing is missing. */
    public Row {
        requireNonNull(sequenceNumber, "sequenceNumber");
        requireNonNull(arrival, "arrival");
        requireNonNull(data, "data");
        partitionKeys = Map.copyOf(partitionKeys);
    }

    /** Where it came from, and its size. */
    @Override
    public String toString() {
        return "Row[" + sequenceNumber + "." + subSequenceNumber + ", " + data.length + " bytes]";
    }
}
