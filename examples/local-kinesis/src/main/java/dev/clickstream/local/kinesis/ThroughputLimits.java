package dev.clickstream.local.kinesis;

/** Whether a shard takes and gives no more than the real one does. */
public enum ThroughputLimits {

    /**
     * In: 1,000 records and 1,048,576 bytes (data and partition keys) a second and shard, with a burst of one second;
     * a larger record waits for a full second's worth and takes the time that it is too large. Out: five GetRecords and
     * 2,097,152 bytes a second and shard, so that an answer of 10 MB is followed by five seconds of none; by enhanced
     * fan-out as much for each consumer. What is over answers {@code ProvisionedThroughputExceededException}. Firehose:
     * 500,000 records and 5 MiB a second. Source: AWS's pages "Quotas and limits" and "Amazon Data Firehose Quota".
     */
    ENFORCED,

    /** A shard takes and gives whatever is asked. */
    OFF
}
