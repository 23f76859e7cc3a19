package dev.clickstream.consumer;

import java.time.Duration;

/**
 * How long an owner may write after it has seen that it holds the shard's lease. It is over before anybody with another
 * configuration begins: what a process that was suspended still had in mind does not reach what others have written
 * since. Thread-safe.
 */
public final class WriteWindow {
    private final TimeSource time;
    private final long endNanos;

    WriteWindow(TimeSource time, Duration length) {
        this.time = time;
        this.endNanos = time.nanoTime() + length.toNanos();
    }

    /**
     * For whoever hands a batch to a sink without a worker.
     *
     * @return one that is never over
     */
    public static WriteWindow unlimited() {
        return new WriteWindow(TimeSource.SYSTEM, Duration.ofDays(10_000));
    }

    /**
     * How long a write that begins now may take: no write may begin without asking, or take effect later.
     *
     * @return positive
     * @throws WindowClosedException when no write may begin any more
     */
    public Duration left() {
        long left = endNanos - time.nanoTime();
        if (left <= 0) {
            throw new WindowClosedException();
        }
        return Duration.ofNanos(left);
    }

    /** The delivery goes on in another window, if the lease is still held. */
    public static final class WindowClosedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        WindowClosedException() {
            super("The time to write is over, and the lease must be seen again first");
        }
    }
}
