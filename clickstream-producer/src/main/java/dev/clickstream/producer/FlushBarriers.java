package dev.clickstream.producer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Knows when everything that was accepted before a point has ended. Thread-safe. */
final class FlushBarriers {

    /** The events between two flushes. */
    static final class Barrier {
        private final CompletableFuture<Void> passed = new CompletableFuture<>();
        private long open;
    }

    private final Object lock = new Object();
    private final ArrayDeque<Barrier> barriers = new ArrayDeque<>(List.of(new Barrier()));
    private volatile boolean flushing;

    /** An event is accepted; it belongs to the barrier that is returned. */
    Barrier enter() {
        synchronized (lock) {
            Barrier current = barriers.getLast();
            current.open++;
            return current;
        }
    }

    /** Some events have ended. */
    void leave(List<Pending> events) {
        List<Barrier> passed;
        synchronized (lock) {
            for (Pending event : events) {
                event.barrier().open--;
            }
            passed = removePassed();
        }
        complete(passed);
    }

    /** Completes when all that have entered until now have left. */
    CompletableFuture<Void> flush() {
        CompletableFuture<Void> result;
        List<Barrier> passed;
        synchronized (lock) {
            result = barriers.getLast().passed;
            barriers.add(new Barrier());
            passed = removePassed();
        }
        complete(passed);
        return result;
    }

    /** Whether somebody waits, so that nothing should linger. */
    boolean flushing() {
        return flushing;
    }

    private List<Barrier> removePassed() {
        List<Barrier> passed = new ArrayList<>();
        while (barriers.size() > 1 && barriers.getFirst().open == 0) {
            passed.add(barriers.removeFirst());
        }
        flushing = barriers.size() > 1;
        return passed;
    }

    private static void complete(List<Barrier> passed) {
        passed.forEach(barrier -> barrier.passed.complete(null));
    }
}
