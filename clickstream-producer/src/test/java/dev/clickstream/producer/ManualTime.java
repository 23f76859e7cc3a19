package dev.clickstream.producer;

import java.time.Duration;

/** Time that stands still until a test moves it. Not thread-safe. */
final class ManualTime implements TimeSource {

    private long nanos = Long.MAX_VALUE - 1_000_000_000; // overflows within a test, as a real one may

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return 1_767_225_600_000L;
    }

    void advance(Duration duration) {
        advance(duration.toNanos());
    }

    void advance(long by) {
        nanos += by;
    }
}
