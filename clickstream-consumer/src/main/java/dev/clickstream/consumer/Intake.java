package dev.clickstream.consumer;

import org.jspecify.annotations.Nullable;

/**
 * A record as it is handed to a pipeline.
 *
 * @param record the record
 * @param decided its outcome where that is settled before any transform, such as for a broken aggregate
 */
record Intake(StreamRecord record, @Nullable Outcome decided) {
    Intake(StreamRecord record) {
        this(record, null);
    }

    /** Whether its producer has sent it again, to the shard where it belongs. */
    boolean isSentElsewhere() {
        return decided instanceof Outcome.Dropped;
    }
}
