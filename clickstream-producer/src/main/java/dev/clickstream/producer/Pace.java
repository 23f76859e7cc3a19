package dev.clickstream.producer;

import java.util.concurrent.TimeUnit;

/**
 * How fast one shard is written to: a bucket of bytes and one of records, each a second's worth large. Others write to
 * the shard too, and nobody tells how much: so throttling halves our share of what it takes, at most once a second, and
 * each quarter of a second without adds a step. Belongs to the send thread.
 */
final class Pace {

    /** "Quotas and limits": a shard takes 1,000 records a second, and 1 MiB. */
    private static final double RECORDS_PER_BYTE = 1_000.0 / (1 << 20);

    private static final double SMALLEST_SHARE = 1.0 / 64;
    private static final double STEP = 1.0 / 16;
    private static final long STEP_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double bytesPerNano;
    private double share = 1;
    private double bytes;
    private double records;
    private long filledAt;
    private long steppedAt;
    private long halvedAt;

    Pace(int bytesPerSecond, long now) {
        this.bytesPerNano = (double) bytesPerSecond / SECOND;
        this.bytes = mostBytes();
        this.records = bytes * RECORDS_PER_BYTE;
        this.filledAt = now;
        this.steppedAt = now;
        this.halvedAt = now - SECOND;
    }

    private double mostBytes() {
        return bytesPerNano * SECOND * share;
    }

    private void fill(long now) {
        double filled = (now - filledAt) * bytesPerNano * share;
        bytes = Math.min(mostBytes(), bytes + filled);
        records = Math.min(Math.max(1, mostBytes() * RECORDS_PER_BYTE), records + filled * RECORDS_PER_BYTE);
        filledAt = now;
    }

    /** Nanoseconds until a record of so many bytes may go; one that is more than a second's worth needs all of it. */
    long untilRoomFor(long recordBytes, long now) {
        fill(now);
        double missingBytes = Math.min((double) recordBytes, mostBytes()) - bytes;
        double missing = Math.max(missingBytes, (1 - records) / RECORDS_PER_BYTE);
        return missing <= 0 ? 0 : 1 + (long) (missing / (bytesPerNano * share));
    }

    /** Bytes that may go now. */
    int room(long now) {
        fill(now);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, bytes));
    }

    void sent(int recordBytes, long now) {
        fill(now);
        bytes -= recordBytes;
        records -= 1;
    }

    /** Too much: what goes again is smaller, and the next comes later. Not more than once for what was sent together. */
    void throttled(long now) {
        steppedAt = now;
        if (now - halvedAt < SECOND) {
            return;
        }
        halvedAt = now;
        share = Math.max(SMALLEST_SHARE, share / 2);
        bytes = Math.min(bytes, mostBytes());
    }

    void delivered(long now) {
        if (share < 1 && now - steppedAt >= STEP_EVERY) {
            share = Math.min(1, share + STEP);
            steppedAt = now;
        }
    }

    /** Of the whole shard, 1 at most. */
    double share() {
        return share;
    }
}
