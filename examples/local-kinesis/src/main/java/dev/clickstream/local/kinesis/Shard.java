package dev.clickstream.local.kinesis;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One shard: its range, its records, its lock. Thread-safe. */
final class Shard {

    private final int index;
    private final String id;
    private final HashKeyRange range;
    private final List<Shard> parents;
    private final SequenceNumbers sequenceNumbers;
    private final long createdAtMillis;
    private final ShardTerms terms;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecordLog log = new RecordLog();
    private final WriteBucket bucket;
    private final ReadBucket readBucket;
    private @Nullable Closing closing;
    /** Told of each change, outside the lock. */
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** When a shard closed, and what came of it. */
    record Closing(long atMillis, List<Shard> children) {}

    Shard(int index, HashKeyRange range, List<Shard> parents, ShardTerms terms) {
        this.index = index;
        this.id = id(index);
        this.range = range;
        this.parents = List.copyOf(parents);
        this.terms = terms;
        this.createdAtMillis = terms.clock().millis();
        this.sequenceNumbers = new SequenceNumbers(index, generationAfter(parents));
        this.bucket = new WriteBucket(terms.limits(), terms.clock());
        this.readBucket = new ReadBucket(terms.limits(), terms.clock());
    }

    /** A shard's name by its index in the stream. */
    static String id(int index) {
        return String.format(Locale.ROOT, "shardId-%012d", index);
    }

    /** Seconds of creation, but later than the parents' even when the clock stands still or was set back. */
    private long generationAfter(List<Shard> parents) {
        long generation = Math.max(0, createdAtMillis / 1_000);
        for (Shard parent : parents) {
            generation = Math.max(generation, parent.sequenceNumbers.generation() + 1);
        }
        return generation;
    }

    /** Writes one record, or returns null if this shard is closed: look up the open one again. */
    @Nullable
    PutResult put(PutEntry entry) {
        PutResult result = putLocked(entry);
        if (result instanceof PutResult.Stored) {
            listeners.forEach(Runnable::run);
        }
        return result;
    }

    private @Nullable PutResult putLocked(PutEntry entry) {
        lock.lock();
        try {
            if (closing != null) {
                return null;
            }
            if (!bucket.tryTake(entry.size())) {
                return new PutResult.Throttled(this);
            }
            // Inside the lock, so that arrivals of a shard are in the clock's order.
            log.trim(terms.trimHorizon());
            return new PutResult.Stored(
                    this, log.append(entry.key(), entry.data(), terms.clock().millis()));
        } finally {
            lock.unlock();
        }
    }

    /** What one read found. */
    record Read(RecordRun run, long millisBehindLatest, @Nullable Closing closing, boolean atShardEnd) {}

    /** As {@link #read} within the shard's limits of reading; null if they are used up. */
    @Nullable
    Read tryRead(long from, int maxRecords, long maxBytes) {
        lock.lock();
        try {
            if (!readBucket.tryCall()) {
                return null;
            }
            Read read = read(from, maxRecords, maxBytes);
            readBucket.read(read.run().sizeBytes());
            return read;
        } finally {
            lock.unlock();
        }
    }

    Read read(long from, int maxRecords, long maxBytes) {
        lock.lock();
        try {
            log.trim(terms.trimHorizon());
            RecordRun run = log.read(from, maxRecords, maxBytes);
            boolean caughtUp = run.to() >= log.next();
            // At least 1 while there is more, also when the clock stands still.
            long behind = caughtUp ? 0 : Math.max(1, terms.clock().millis() - log.arrival(run.to()));
            // As the real one does: the last records come with an iterator, only the empty answer after them without.
            return new Read(run, behind, closing, caughtUp && run.count() == 0 && closing != null);
        } finally {
            lock.unlock();
        }
    }

    /** The position after the last record. */
    long latest() {
        lock.lock();
        try {
            return log.next();
        } finally {
            lock.unlock();
        }
    }

    long firstArrivedAtOrAfter(long millis) {
        lock.lock();
        try {
            return log.firstArrivedAtOrAfter(millis);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes this shard for writing and, before any writer can see that, runs {@code publish}, which must make the
     * children known.
     */
    void close(List<Shard> children, Runnable publish) {
        lock.lock();
        try {
            closing = new Closing(terms.clock().millis(), List.copyOf(children));
            publish.run();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** Null while the shard is open. */
    @Nullable
    Closing closing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Must be quick, and not call back. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Whether it closed so long ago that none of its records is left. */
    boolean isGone() {
        Closing closed = closing();
        return closed != null && closed.atMillis() < terms.trimHorizon();
    }

    int index() {
        return index;
    }

    String id() {
        return id;
    }

    HashKeyRange range() {
        return range;
    }

    /** None, one after a split, two after a merge. */
    List<Shard> parents() {
        return parents;
    }

    SequenceNumbers sequenceNumbers() {
        return sequenceNumbers;
    }

    long createdAtMillis() {
        return createdAtMillis;
    }

    @Override
    public String toString() {
        return id;
    }
}
