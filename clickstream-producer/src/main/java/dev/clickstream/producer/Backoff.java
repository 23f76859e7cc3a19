package dev.clickstream.producer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before another attempt: exponential with full jitter, so that producers do not come in step. */
record Backoff(Duration first, Duration most, RandomGenerator random) {

    /** For an event that has failed so many times, at least once. */
    long nanos(int failures) {
        int doublings = Math.min(failures - 1, 30);
        double ceiling = Math.min((double) most.toNanos(), first.toNanos() * (double) (1L << doublings));
        return 1 + random.nextLong(Math.max(1, (long) ceiling));
    }
}
