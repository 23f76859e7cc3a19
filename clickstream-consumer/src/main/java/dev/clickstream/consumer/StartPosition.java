package dev.clickstream.consumer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the starting position once for all workers of an application, and for ever. KCL stores only the word in a
 * lease, and takes the time from the configuration of the day: LATEST would mean another place after each restart.
 */
final class StartPosition {
    /** Stands for the oldest record that there is. */
    static final Instant TRIM_HORIZON = Instant.EPOCH;

    private final Store store;
    private final InitialPosition wanted;
    private final TimeSource time;

    StartPosition(Store store, InitialPosition wanted, TimeSource time) {
        this.store = store;
        this.wanted = wanted;
        this.time = time;
    }

    /** What is stored, or else what is wanted, stored now. */
    Instant resolve() throws Exception {
        Instant stored = store.read();
        if (stored != null) {
            return stored;
        }
        Instant start = wanted();
        if (store.create(start)) {
            return start;
        }
        Instant others = store.read();
        if (others == null) {
            throw new IllegalStateException("The starting position was stored, and is gone");
        }
        return others;
    }

    private Instant wanted() {
        Instant timestamp = wanted.timestamp();
        if (timestamp != null) {
            return timestamp;
        }
        return wanted.kind() == InitialPosition.Kind.TRIM_HORIZON ? TRIM_HORIZON : time.now();
    }

    /** Where it is kept. A call that throws may have taken effect. */
    interface Store {
        @Nullable
        Instant read() throws Exception;

        /** Whether it is this one now; false when there is another. */
        boolean create(Instant start) throws Exception;
    }
}
