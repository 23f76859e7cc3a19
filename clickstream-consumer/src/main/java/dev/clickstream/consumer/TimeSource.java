package dev.clickstream.consumer;

import java.time.Instant;

/** The module's one look at the clock. */
interface TimeSource {
    /** The machine's own. */
    TimeSource SYSTEM = new SystemTime();

    /** For durations only, as {@link System#nanoTime()}. */
    long nanoTime();

    /** The time of day. */
    Instant now();

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
