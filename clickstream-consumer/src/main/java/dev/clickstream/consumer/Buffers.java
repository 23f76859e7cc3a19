package dev.clickstream.consumer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * What all shards of a worker hold in memory, and its bounds. From three quarters of a bound on the shard that holds most
 * is due; over the bound a shard that takes more is due itself, and its reader waits meanwhile. Thread-safe.
 */
final class Buffers {
    private final long maxBytes;
    private final long maxObjects;
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong objects = new AtomicLong();

    Buffers(long maxBytes, int maxObjects) {
        this.maxBytes = maxBytes;
        this.maxObjects = maxObjects;
    }

    long bytes() {
        return bytes.get();
    }

    long objects() {
        return objects.get();
    }

    /** A shard's; to be closed. */
    Share open() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    private boolean holdsMost(Share share, ToLongFunction<Share> held) {
        long mine = held.applyAsLong(share);
        return mine > 0 && shares.stream().mapToLong(held).max().orElse(0) == mine;
    }

    private static boolean isNear(long held, long bound) {
        return held >= bound - bound / 4;
    }

    /** What one shard holds. */
    final class Share {
        private volatile long myBytes;
        private volatile long myObjects;
        private boolean closed; // guarded by this

        /** Written by one thread at a time. */
        synchronized void holds(long nowBytes, long nowObjects) {
            if (!closed) {
                bytes.addAndGet(nowBytes - myBytes);
                objects.addAndGet(nowObjects - myObjects);
                myBytes = nowBytes;
                myObjects = nowObjects;
            }
        }

        /** Whether somebody must deliver, and this is who holds most. */
        boolean isDue() {
            return (isNear(bytes(), maxBytes) && holdsMost(this, share -> share.myBytes))
                    || (isNear(objects(), maxObjects) && holdsMost(this, share -> share.myObjects));
        }

        /** Whether nobody may take more. */
        boolean isFull() {
            return myBytes > 0 && (bytes() >= maxBytes || objects() >= maxObjects);
        }

        synchronized void close() {
            holds(0, 0);
            closed = true;
            shares.remove(this);
        }
    }
}
