package dev.clickstream.local.kinesis;

/** A shard's two write limits, taken together or not at all. Used under the shard's lock. */
final class WriteBucket {

    static final int RECORDS_PER_SECOND = 1_000;
    static final int BYTES_PER_SECOND = 1_048_576;

    private final ThroughputLimits limits;
    private final KinesisClock clock;
    private final TokenBucket records;
    private final TokenBucket bytes;

    WriteBucket(ThroughputLimits limits, KinesisClock clock) {
        this.limits = limits;
        this.clock = clock;
        long now = clock.elapsedNanos();
        this.records = new TokenBucket(RECORDS_PER_SECOND, now);
        this.bytes = new TokenBucket(BYTES_PER_SECOND, now);
    }

    /** True if one record of this size, key included, may be written now; it then counts. */
    boolean tryTake(int size) {
        if (limits == ThroughputLimits.OFF) {
            return true;
        }
        long now = clock.elapsedNanos();
        boolean enough = records.has(1, now) && bytes.has(size, now);
        if (enough) {
            records.take(1);
            bytes.take(size);
        }
        return enough;
    }
}
