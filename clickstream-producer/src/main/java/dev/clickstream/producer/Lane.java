package dev.clickstream.producer;

import java.util.ArrayDeque;
import java.util.Objects;

/** What waits for one partition key, in order. Only its head may be on its way. Belongs to the send thread. */
final class Lane {

    private final String key;
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private long notBefore;

    Lane(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    Pending head() {
        return Objects.requireNonNull(queue.peek());
    }

    void add(Pending pending) {
        queue.add(pending);
    }

    Pending removeHead() {
        return queue.remove();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** When its head may be sent again. */
    long notBefore() {
        return notBefore;
    }

    void notBefore(long nanos) {
        this.notBefore = nanos;
    }
}
