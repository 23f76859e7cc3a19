package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What could not be processed, for a sink's error output. Immutable, but for the bytes, which nobody may change.
 *
 * @param sequenceNumber of the stream record
 * @param subSequenceNumber of the stream record
 * @param arrival of the stream record
 * @param data the bytes that failed: the stream record's, or the part of them that the transform named
 * @param code such as {@code Transform.Exception}
 * @param message what is wrong
 */
public record FailedRecord(
        String sequenceNumber, long subSequenceNumber, Instant arrival, byte[] data, String code, String message) {
    /** Checks that nothing is missing. */
    public FailedRecord {
        requireNonNull(sequenceNumber, "sequenceNumber");
        requireNonNull(arrival, "arrival");
        requireNonNull(data, "data");
        requireNonNull(code, "code");
        requireNonNull(message, "message");
    }

    /** Where it came from, and the code. */
    @Override
    public String toString() {
        return "FailedRecord[" + sequenceNumber + "." + subSequenceNumber + ", " + code + "]";
    }
}
