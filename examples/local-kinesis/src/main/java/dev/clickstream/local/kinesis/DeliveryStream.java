package dev.clickstream.local.kinesis;

import java.util.ArrayList;
import java.util.List;

/** A Firehose stream that keeps what it was given. Thread-safe. */
final class DeliveryStream {

    /** Of direct put in us-east-1, as "Amazon Data Firehose Quota" has them. */
    static final int RECORDS_PER_SECOND = 500_000;

    static final int BYTES_PER_SECOND = 5 * 1_048_576;

    private final String name;
    private final ThroughputLimits limits;
    private final KinesisClock clock;
    private final long createdAtMillis;
    private final Object lock = new Object();
    private final List<byte[]> records = new ArrayList<>();
    private final TokenBucket recordTokens;
    private final TokenBucket byteTokens;

    DeliveryStream(String name, ThroughputLimits limits, KinesisClock clock) {
        this.name = name;
        this.limits = limits;
        this.clock = clock;
        this.createdAtMillis = clock.millis();
        long now = clock.elapsedNanos();
        this.recordTokens = new TokenBucket(RECORDS_PER_SECOND, now);
        this.byteTokens = new TokenBucket(BYTES_PER_SECOND, now);
    }

    /** The record's number from 1, or 0 if it is over the stream's rate. */
    long put(byte[] data) {
        synchronized (lock) {
            if (limits == ThroughputLimits.ENFORCED) {
                long now = clock.elapsedNanos();
                if (!recordTokens.has(1, now) || !byteTokens.has(data.length, now)) {
                    return 0;
                }
                recordTokens.take(1);
                byteTokens.take(data.length);
            }
            records.add(data);
            return records.size();
        }
    }

    /** A copy, in the order of their arrival. */
    List<byte[]> records() {
        synchronized (lock) {
            return records.stream().map(byte[]::clone).toList();
        }
    }

    String name() {
        return name;
    }

    long createdAtMillis() {
        return createdAtMillis;
    }
}
