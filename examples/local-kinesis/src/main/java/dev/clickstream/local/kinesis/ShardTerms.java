package dev.clickstream.local.kinesis;

import java.util.function.LongSupplier;

/**
 * What all shards of a stream go by.
 *
 * @param retentionMillis how long a record stays; may change
 */
record ShardTerms(ThroughputLimits limits, KinesisClock clock, LongSupplier retentionMillis) {

    /** What arrived before has gone. */
    long trimHorizon() {
        return clock.millis() - retentionMillis.getAsLong();
    }
}
