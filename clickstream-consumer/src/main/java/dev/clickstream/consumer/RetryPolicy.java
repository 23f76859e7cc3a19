package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long to wait before a sink, or a checkpoint, is tried again. It is tried for ever: the shard waits meanwhile, and
 * the stream keeps its records as long as its retention says. Immutable.
 *
 * @param firstBackoff the wait after the first failure; doubles with each; default 200 ms
 * @param maxBackoff the longest wait; default 20 s
 */
public record RetryPolicy(Duration firstBackoff, Duration maxBackoff) {
    private static final int MAX_DOUBLINGS = 30;

    /** Checks the range. */
    public RetryPolicy {
        requireNonNull(firstBackoff, "firstBackoff");
        requireNonNull(maxBackoff, "maxBackoff");
        if (firstBackoff.isNegative() || maxBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException("firstBackoff must be at least 0 and at most maxBackoff, but is "
                    + firstBackoff + ", and maxBackoff " + maxBackoff);
        }
    }

    /**
     * The default.
     *
     * @return 200 ms, doubling up to 20 s
     */
    public static RetryPolicy forever() {
        return new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(20));
    }

    Duration backoff(int failures) {
        Duration doubled = firstBackoff.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return doubled.compareTo(maxBackoff) < 0 ? doubled : maxBackoff;
    }
}
