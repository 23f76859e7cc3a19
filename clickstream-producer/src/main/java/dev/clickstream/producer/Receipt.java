package dev.clickstream.producer;

/**
 * Where an event was written.
 *
 * @param shardId the shard that took it, such as {@code shardId-000000000000}
 * @param sequenceNumber its place there; grows within a shard and partition key
 */
public record Receipt(String shardId, String sequenceNumber) {}
