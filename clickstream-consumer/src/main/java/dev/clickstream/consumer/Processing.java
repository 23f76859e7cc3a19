package dev.clickstream.consumer;

import java.util.concurrent.Executor;

/**
 * What makes rows of records.
 *
 * @param transform the user's
 * @param concurrency how many threads make them of one shard's records, the shard's own included
 * @param helpers where the others come from: without a bound, as a transform that hangs may hold up its shard only
 * @param lateCopies what becomes of them
 */
record Processing(Transform transform, int concurrency, Executor helpers, LateCopies lateCopies) {
    /** One thread for each shard. */
    Processing(Transform transform) {
        this(transform, 1, Runnable::run, LateCopies.KEEP);
    }

    /** What decides rows, as text. */
    String configuration() {
        return lateCopies == LateCopies.KEEP
                ? transform.configuration()
                : transform.configuration() + "\n" + lateCopies;
    }
}
