package dev.clickstream.producer;

import dev.clickstream.producer.SendFailedException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes that are reserved and given back. Thread-safe; never more than its size is reserved. */
final class MemoryBudget {

    private final long size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long used;
    private boolean closed;

    MemoryBudget(long size) {
        this.size = size;
    }

    /** Reserves, and if there is no room, does as the policy says. Fails with a {@link SendFailedException}. */
    void reserve(int bytes, Overflow overflow, long maxBlockNanos) {
        lock.lock();
        try {
            long left = overflow == Overflow.BLOCK && bytes <= size ? maxBlockNanos : 0;
            while (!closed && bytes > size - used) {
                if (left <= 0) {
                    throw full(bytes, overflow, maxBlockNanos);
                }
                left = changed.awaitNanos(left);
            }
            if (closed) {
                throw new SendFailedException(Reason.CLOSED, "the producer is closed");
            }
            used += bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SendFailedException(Reason.INTERRUPTED, "interrupted while waiting for room in the buffer", e);
        } finally {
            lock.unlock();
        }
    }

    /** Reserves if there is room now; fails with a {@link SendFailedException} if closed. */
    boolean tryReserve(int bytes) {
        lock.lock();
        try {
            if (closed) {
                throw new SendFailedException(Reason.CLOSED, "the producer is closed");
            }
            boolean room = bytes <= size - used;
            used += room ? bytes : 0;
            return room;
        } finally {
            lock.unlock();
        }
    }

    private SendFailedException full(int bytes, Overflow overflow, long maxBlockNanos) {
        String numbers = "no room for " + bytes + " bytes in the buffer: " + used + " of " + size + " bytes in use";
        return switch (overflow) {
            case BLOCK ->
                new SendFailedException(
                        Reason.BUFFER_FULL,
                        numbers + ", waited " + TimeUnit.NANOSECONDS.toMillis(maxBlockNanos) + " ms");
            case FAIL -> new SendFailedException(Reason.BUFFER_FULL, numbers);
            case DROP_NEWEST -> new SendFailedException(Reason.DROPPED, numbers);
        };
    }

    void release(long bytes) {
        lock.lock();
        try {
            if (bytes > used) {
                throw new IllegalStateException("given back " + bytes + " bytes, only " + used + " were reserved");
            }
            used -= bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits for room fails as closed, and so does whoever comes. What is reserved can be given back. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }
}
