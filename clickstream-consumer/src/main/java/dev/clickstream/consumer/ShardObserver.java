package dev.clickstream.consumer;

/** What a pipeline tells about itself, for counters, meters and health. Thread-safe, quick, and never throws. */
interface ShardObserver {
    /** A batch is delivered and committed. */
    void committed(String shardId, OutcomeCounts counts);

    /** A checkpoint was written. */
    void checkpointed(CheckpointPhase phase);

    /** Something will be tried again: a sink, or a checkpoint. */
    void failing(String shardId, String what, int failures, Throwable cause);

    /** What was failing works again. */
    void working(String shardId);

    /** By policy the shard waits until the worker is started again: these sinks go on to refuse a batch. */
    void halted(String shardId, String sinks);

    /** By policy a batch goes to the dead letters in place of these sinks. */
    void deadLettered(String shardId, String sinks);

    /** A pending batch could not be read again as it was. */
    void differs(String shardId, BatchState pending, long recordsNow);

    /** The pipeline met what it cannot handle; it has ended, and its records must be read again. */
    void broken(String shardId, Throwable cause);

    /** How far behind its newest record the shard is. */
    void behind(String shardId, long millis);

    /** The pipeline has ended. */
    void ended(String shardId);

    /** The phases of a checkpoint. */
    enum CheckpointPhase {
        PREPARE,
        COMMIT,
        SHARD_END
    }
}
