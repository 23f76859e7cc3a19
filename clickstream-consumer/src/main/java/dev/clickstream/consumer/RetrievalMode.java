package dev.clickstream.consumer;

/** How KCL reads the stream. */
public enum RetrievalMode {
    /**
     * GetRecords, once a second for each shard: shares the shard's 2 MB and 5 calls a second with other applications, and
     * costs nothing beside the stream.
     */
    POLLING,
    /**
     * SubscribeToShard: 2 MB a second of each shard for this application alone, pushed within some 70 ms. AWS bills it
     * for each hour, shard and gigabyte, and a stream has 20 such consumers at most. KCL registers the application's name
     * as the consumer's. (Source: Kinesis Data Streams Developer Guide, "Develop enhanced fan-out consumers".)
     */
    FAN_OUT
}
