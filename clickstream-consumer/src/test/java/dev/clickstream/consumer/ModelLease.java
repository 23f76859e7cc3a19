package dev.clickstream.consumer;

import org.jspecify.annotations.Nullable;

/** The row of a shard in the lease table; the last who took it holds it. */
final class ModelLease {
    @Nullable
    Position checkpoint;

    @Nullable
    BatchState pending;

    boolean shardEnd;
    private int owner;

    int take() {
        return ++owner;
    }

    boolean isHeldBy(int number) {
        return owner == number;
    }
}
