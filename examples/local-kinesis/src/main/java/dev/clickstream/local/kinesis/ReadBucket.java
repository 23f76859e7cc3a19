package dev.clickstream.local.kinesis;

/** A shard's two limits of GetRecords. Used under the shard's lock. */
final class ReadBucket {

    static final int CALLS_PER_SECOND = 5;
    static final int BYTES_PER_SECOND = 2 * 1_048_576;

    private final ThroughputLimits limits;
    private final KinesisClock clock;
    private final TokenBucket calls;
    private final TokenBucket bytes;

    ReadBucket(ThroughputLimits limits, KinesisClock clock) {
        this.limits = limits;
        this.clock = clock;
        long now = clock.elapsedNanos();
        this.calls = new TokenBucket(CALLS_PER_SECOND, now);
        this.bytes = new TokenBucket(BYTES_PER_SECOND, now);
    }

    /** True if a call may be made now; it then counts. An answer larger than a second's worth is paid off later. */
    boolean tryCall() {
        if (limits == ThroughputLimits.OFF) {
            return true;
        }
        long now = clock.elapsedNanos();
        boolean enough = calls.has(1, now) && bytes.has(1, now);
        if (enough) {
            calls.take(1);
        }
        return enough;
    }

    /** What the call that was just made has read. */
    void read(long size) {
        if (limits == ThroughputLimits.ENFORCED) {
            bytes.take(size);
        }
    }
}
