package dev.clickstream.benchmarks.producer;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** How much later than asked a thread that sleeps a millisecond wakes up: what the machine, and the JVM, add to any latency. */
final class Hiccups extends Thread {

    private static final long SLEEP = 1_000_000;
    private static final int MOST = 1_000_000;

    private final long[] late = new long[MOST];
    private volatile int count;
    private volatile boolean ended;

    Hiccups() {
        setDaemon(true);
    }

    @Override
    public void run() {
        while (!ended && count < MOST) {
            long began = System.nanoTime();
            LockSupport.parkNanos(SLEEP);
            int at = count;
            late[at] = Math.max(0, System.nanoTime() - began - SLEEP);
            count = at + 1;
        }
    }

    /** In milliseconds; ends it. */
    double quantile(double share) {
        ended = true;
        long[] sorted = Arrays.copyOf(late, count);
        Arrays.sort(sorted);
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))] / 1e6;
    }
}
