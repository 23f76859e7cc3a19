package dev.clickstream.local.kinesis;

/** How one record's put ended. */
sealed interface PutResult {

    Shard shard();

    record Stored(Shard shard, long position) implements PutResult {}

    record Throttled(Shard shard) implements PutResult {}

    /** A fault's InternalFailure. */
    record Failed(Shard shard) implements PutResult {}
}
