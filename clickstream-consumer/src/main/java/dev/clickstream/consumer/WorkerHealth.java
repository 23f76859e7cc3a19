package dev.clickstream.consumer;

import java.util.List;

/**
 * How a worker is. Immutable.
 *
 * @param status in one word
 * @param reasons why it is not healthy; empty if it is; names of shards, sinks and exceptions, no data of a user
 */
public record WorkerHealth(Status status, List<String> reasons) {
    /** In one word. */
    public enum Status {
        /** Not started. */
        NEW,
        /** Runs; nothing is wrong. */
        HEALTHY,
        /**
         * Runs; something fails and is tried again, a shard has been in one transform or delivery for more than five
         * minutes, or a batch could not be read again as it was.
         */
        DEGRADED,
        /** Its thread is gone although nobody stopped it. */
        DOWN,
        /** Closed. */
        STOPPED
    }

    /** Copies the reasons. */
    public WorkerHealth {
        reasons = List.copyOf(reasons);
    }
}
