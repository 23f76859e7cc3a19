package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

/**
 * What a batch is known by, before and after a crash: a batch that is delivered again has the same one. Immutable.
 *
 * @param application the application's name
 * @param stream the stream's name
 * @param shardId the shard
 * @param firstSequenceNumber the sequence number of its first record
 */
public record BatchId(String application, String stream, String shardId, String firstSequenceNumber) {
    /** Checks that nothing is missing. */
    public BatchId {
        requireNonNull(application, "application");
        requireNonNull(stream, "stream");
        requireNonNull(shardId, "shardId");
        requireNonNull(firstSequenceNumber, "firstSequenceNumber");
    }

    /** All of it, with slashes between: a text to derive keys from. None of the parts can hold a slash. */
    @Override
    public String toString() {
        return application + "/" + stream + "/" + shardId + "/" + firstSequenceNumber;
    }
}
