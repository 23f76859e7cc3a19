package dev.clickstream.capacity;

import java.time.Duration;

/**
 * Formulas for planning. Pure functions; averages, so plan with the peak. Limits are those of provisioned streams (Amazon
 * Kinesis Data Streams Developer Guide, "Quotas and limits").
 */
public final class Capacity {

    /** What a shard takes, in bytes a second: {@value}. */
    public static final int SHARD_BYTES_IN = 1024 * 1024;

    /** What a shard takes, in records a second: {@value}. */
    public static final int SHARD_RECORDS_IN = 1_000;

    /** What a shard gives to all polling consumers together, and to each by fan-out, in bytes a second: {@value}. */
    public static final int SHARD_BYTES_OUT = 2 * 1024 * 1024;

    private static final int FIREHOSE_STEP = 5 * 1024;
    private static final int PAYLOAD_UNIT = 25 * 1024;
    private static final double DAY_SECONDS = 86_400;

    private Capacity() {}

    /**
     * How many shards a stream needs, as the console's shard calculator has it: for writing the larger of records by
     * 1,000 and bytes by 1 MiB, for reading bytes times consumers by 2 MiB; the larger, rounded up, at least 1.
     *
     * @param load what is written
     * @param pollingConsumers how many applications read by polling; those with fan-out do not count
     * @return 1 or more
     */
    public static int shards(Load load, int pollingConsumers) {
        atLeast(0, pollingConsumers, "pollingConsumers");
        double writing = Math.max(load.recordsPerSecond() / SHARD_RECORDS_IN, load.bytesPerSecond() / SHARD_BYTES_IN);
        double reading = load.bytesPerSecond() * pollingConsumers / SHARD_BYTES_OUT;
        return (int) Math.max(1, Math.ceil(Math.max(writing, reading)));
    }

    /**
     * How full the shard is that holds the hottest key: a key's records go to one shard, however many there are, beside
     * that shard's part of the rest.
     *
     * @param load what is written
     * @param shards how many shards
     * @param hotKeyShare the hottest key's part of all records, 0 to 1
     * @return 1 is full; above it that shard throttles, and more shards help only the rest
     */
    public static double hottestShard(Load load, int shards, double hotKeyShare) {
        atLeast(1, shards, "shards");
        if (!(hotKeyShare >= 0 && hotKeyShare <= 1)) {
            throw new IllegalArgumentException("hotKeyShare is 0 to 1, not " + hotKeyShare);
        }
        double share = hotKeyShare + (1 - hotKeyShare) / shards;
        return share * Math.max(load.recordsPerSecond() / SHARD_RECORDS_IN, load.bytesPerSecond() / SHARD_BYTES_IN);
    }

    /**
     * How many workers of one application, each with what it can do. KCL gives a shard to one worker, so that more workers
     * than shards stand idle.
     *
     * @param load what is read
     * @param shards how many shards
     * @param workerBytesPerSecond what a worker was measured to take
     * @return 1 to the number of shards
     */
    public static int workers(Load load, int shards, double workerBytesPerSecond) {
        atLeast(1, shards, "shards");
        if (!(workerBytesPerSecond > 0)) {
            throw new IllegalArgumentException("workerBytesPerSecond is above 0, not " + workerBytesPerSecond);
        }
        return (int) Math.min(shards, Math.max(1, Math.ceil(load.bytesPerSecond() / workerBytesPerSecond)));
    }

    /**
     * How many S3 objects a day come of buffering in each shard: a buffer is cut when it is full or old enough, whichever
     * comes first.
     *
     * @param load what is buffered; without any there are none
     * @param shards how many shards
     * @param bufferingBytes the hint by size
     * @param bufferingInterval the hint by time
     * @return objects a day, with one prefix at a time
     */
    public static double s3ObjectsPerDay(Load load, int shards, long bufferingBytes, Duration bufferingInterval) {
        atLeast(1, shards, "shards");
        atLeast(1, bufferingBytes, "bufferingBytes");
        atLeast(1, bufferingInterval.toMillis(), "bufferingInterval's milliseconds");
        if (load.bytesPerSecond() == 0) {
            return 0;
        }
        double untilFull = bufferingBytes / (load.bytesPerSecond() / shards);
        return shards * DAY_SECONDS / Math.min(untilFull, bufferingInterval.toMillis() / 1_000.0);
    }

    /**
     * What Amazon Data Firehose bills: each record rounded up to 5 KB (Amazon Data Firehose pricing). Packing events
     * into larger records is what makes the difference: compare with {@link Load#packed}.
     *
     * @param load what is put
     * @return bytes a second
     */
    public static double firehoseBilledBytesPerSecond(Load load) {
        return load.recordsPerSecond() * Math.ceil(load.recordBytes() / FIREHOSE_STEP) * FIREHOSE_STEP;
    }

    /**
     * What Kinesis bills for puts: units of 25 KB, each record for itself (Amazon Kinesis Data Streams pricing).
     *
     * @param load what is put
     * @return units a second
     */
    public static double payloadUnitsPerSecond(Load load) {
        return load.recordsPerSecond() * Math.ceil(load.recordBytes() / PAYLOAD_UNIT);
    }

    private static void atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is at least " + least + ", not " + value);
        }
    }
}
