package dev.clickstream.local.kinesis;

/** Whether a shard takes no more than the real one does. */
public enum WriteLimits {

    /**
     * 1,000 records and 1,048,576 bytes (data and partition keys) a second and shard, as AWS's page "Quotas and limits"
     * has them, with a burst of one second. What is over answers {@code ProvisionedThroughputExceededException}.
     */
    ENFORCED,

    /** A shard takes whatever comes. */
    OFF
}
