package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What is delivered and checkpointed as one: what the transform made of the records of one shard, from where the last
 * batch ended to where this one was cut, in the stream's order. Immutable.
 *
 * @param id the same whenever it is delivered again
 * @param firstArrival when its first record arrived, whatever became of that; the same whenever it is delivered again
 * @param rows what is to be delivered; together with the failures never empty
 * @param failures what is to go to the error output
 * @param content whether it is all that the batch held when it was cut
 */
public record Batch(BatchId id, Instant firstArrival, List<Row> rows, List<FailedRecord> failures, Content content) {
    /** Whether a batch that is delivered again is still all that it was. */
    public enum Content {
        /** All records that the batch was cut with. Whatever a sink holds under this id may be replaced by it. */
        WHOLE,
        /**
         * Not the records that the batch was cut with: the stream has trimmed some meanwhile, say. A sink must not
         * replace something fuller by it, which it may hold from the first time.
         */
        DIFFERENT
    }

    /** Checks that nothing is missing. */
    public Batch {
        requireNonNull(id, "id");
        requireNonNull(firstArrival, "firstArrival");
        requireNonNull(rows, "rows");
        requireNonNull(failures, "failures");
        requireNonNull(content, "content");
    }

    /** Its id and how much it holds. */
    @Override
    public String toString() {
        return "Batch[" + id + ", " + rows.size() + " rows, " + failures.size() + " failures, " + content + "]";
    }
}
