package dev.clickstream.producer;

/**
 * Where an event was written.
 *
 * @param shardId the shard that took it, such as {@code shardId-000000000000}; empty with Firehose
 * @param sequenceNumber its record's place there, which grows within a shard and partition key; with Firehose the
 *     record's id
 */
public record Receipt(String shardId, String sequenceNumber) {}
