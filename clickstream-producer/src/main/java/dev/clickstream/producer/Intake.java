package dev.clickstream.producer;

import dev.clickstream.producer.SendFailedException.Reason;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The queue between callers and the send thread, and what wakes that thread. Under its lock an event gets its sequence
 * number and its place, so that both agree.
 */
final class Intake {

    private final TimeSource time;
    private final FlushBarriers barriers;
    private final ProducerSettings settings;
    private final Object lock = new Object();
    private ArrayDeque<Pending> queue = new ArrayDeque<>();
    /** On its way to the send thread, which alone touches it. */
    private ArrayDeque<Pending> drained = new ArrayDeque<>();

    private long queuedBytes;
    private long lastSequence;
    private long wakesAt;
    private boolean woken;
    private boolean closed;

    Intake(TimeSource time, FlushBarriers barriers, ProducerSettings settings) {
        this.time = time;
        this.barriers = barriers;
        this.settings = settings;
        this.wakesAt = time.nanos();
    }

    Pending accept(EncodedEvent event) {
        long now = time.nanos();
        synchronized (lock) {
            if (closed) {
                throw new SendFailedException(Reason.CLOSED, "the producer is closed");
            }
            Pending pending = new Pending(event, ++lastSequence, now, barriers.enter());
            queue.add(pending);
            queuedBytes += pending.recordBytes();
            if (isDue(now)) {
                wake();
            }
            return pending;
        }
    }

    /** The send thread sleeps until the first linger is over; waking it for each event would cost more than sending. */
    private boolean isDue(long now) {
        return now + settings.linger().toNanos() - wakesAt < 0
                || queue.size() >= settings.maxBatchRecords()
                || queuedBytes >= settings.maxBatchBytes();
    }

    /** Nanoseconds for which the first has waited to be taken in. */
    long queuedFor(long now) {
        synchronized (lock) {
            Pending first = queue.peek();
            return first == null ? 0 : now - first.acceptedAt();
        }
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Hands over all that is queued, in order; when the consumer throws, what it has not taken comes next time. */
    void drainTo(Consumer<Pending> consumer) {
        handOver(consumer);
        ArrayDeque<Pending> next = new ArrayDeque<>();
        synchronized (lock) {
            drained = queue;
            queue = next;
            queuedBytes = 0;
        }
        handOver(consumer);
    }

    private void handOver(Consumer<Pending> consumer) {
        for (Pending event = drained.peek(); event != null; event = drained.peek()) {
            consumer.accept(event);
            drained.remove();
        }
    }

    /**
     * Waits for work, at most so long. Only the send thread calls it. What was accepted since it drained the queue was
     * compared with a time to wake that is over, so nobody has woken it for that.
     */
    void await(long nanos) throws InterruptedException {
        synchronized (lock) {
            long until = time.nanos() + nanos;
            Pending first = queue.peek();
            if (first != null) {
                long due = first.acceptedAt() + settings.linger().toNanos();
                until = due - until < 0 ? due : until;
            }
            wakesAt = until;
            while (!woken && until - time.nanos() > 0) {
                // At least a millisecond: wait(0) would be for ever.
                lock.wait(Math.max(1, (until - time.nanos()) / 1_000_000));
            }
            woken = false;
        }
    }

    void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    /** Nothing is accepted any more; what is queued can still be drained. */
    void close() {
        synchronized (lock) {
            closed = true;
            wake();
        }
    }
}
