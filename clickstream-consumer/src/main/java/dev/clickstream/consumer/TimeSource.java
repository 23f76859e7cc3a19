package dev.clickstream.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The module's one look at the clock. */
interface TimeSource {
    /** The machine's own. */
    TimeSource SYSTEM = new SystemTime();

    /** For durations only, as {@link System#nanoTime()}. */
    long nanoTime();

    /** The time of day. */
    Instant now();

    /** Waits for the latch so long; gives whether it opened. */
    default boolean await(CountDownLatch latch, Duration time) throws InterruptedException {
        return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The machine's own. */
    final class SystemTime implements TimeSource {
        private SystemTime() {}

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    }
}
