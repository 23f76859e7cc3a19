package dev.clickstream.benchmarks.producer;

import dev.clickstream.event.ClickEvent;
import java.util.Arrays;

/** When each event was handed over and when it was acknowledged, by its number. Thread-safe: each number is one thread's. */
final class Latencies {

    private final long[] began;
    private final long[] took;

    Latencies(int events) {
        this.began = new long[events];
        this.took = new long[events];
    }

    static int number(ClickEvent event) {
        return Integer.parseInt(event.eventId());
    }

    void begin(int number) {
        began[number] = System.nanoTime();
    }

    void end(int number) {
        took[number] = System.nanoTime() - began[number];
    }

    /** In milliseconds. */
    double quantile(double share) {
        long[] sorted = took.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))] / 1e6;
    }
}
