package dev.clickstream.storefront;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The module's one source of time. Thread-safe. */
final class WallClock {

    private WallClock() {}

    static Instant now() {
        return Instant.now();
    }

    /** When this process started. */
    static Instant processStart() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /** Waits about that long; an interrupted thread stays interrupted and does not wait. */
    static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    static Duration since(Instant instant) {
        return Duration.between(instant, now());
    }
}
