package dev.clickstream.benchmarks.producer;

import java.util.concurrent.locks.LockSupport;

/** Holds a sending thread to a rate, in steps of a millisecond; or lets it go as fast as it can. */
final class Pacer {

    private final double perSecond;
    private final long began = System.nanoTime();
    private long sent;

    /** Infinity for no limit. */
    Pacer(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Before each event. */
    void await() {
        if (Double.isInfinite(perSecond)) {
            return;
        }
        long due = began + (long) (sent++ / perSecond * 1e9);
        while (due - System.nanoTime() > 1_000_000) {
            LockSupport.parkNanos(Math.min(1_000_000, due - System.nanoTime()));
        }
    }
}
