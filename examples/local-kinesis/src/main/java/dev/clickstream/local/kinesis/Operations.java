package dev.clickstream.local.kinesis;

import java.util.Map;
import java.util.Set;

/** Which operation a request means: the table of everything that the endpoint offers. */
final class Operations {

    private static final String TARGET_PREFIX = "Kinesis_20131202.";

    /** Of the API, but not offered: told apart from misspelt ones. */
    private static final Set<String> NOT_OFFERED = Set.of(
            "DeleteResourcePolicy",
            "DeregisterStreamConsumer",
            "DescribeStreamConsumer",
            "DisableEnhancedMonitoring",
            "EnableEnhancedMonitoring",
            "GetResourcePolicy",
            "ListStreamConsumers",
            "ListTagsForResource",
            "PutResourcePolicy",
            "RegisterStreamConsumer",
            "RemoveTagsFromStream",
            "StartStreamEncryption",
            "StopStreamEncryption",
            "SubscribeToShard",
            "TagResource",
            "UntagResource",
            "UpdateMaxRecordSize",
            "UpdateShardCount",
            "UpdateStreamMode");

    private final Map<String, Operation> byName;

    Operations(Account account) {
        StreamOperations streams = new StreamOperations(account);
        ShardOperations shards = new ShardOperations(account);
        WriteOperations writes = new WriteOperations(account);
        ReadOperations reads = new ReadOperations(account);
        byName = Map.ofEntries(
                Map.entry("CreateStream", streams::createStream),
                Map.entry("DeleteStream", streams::deleteStream),
                Map.entry("DescribeStream", streams::describeStream),
                Map.entry("DescribeStreamSummary", streams::describeStreamSummary),
                Map.entry("DescribeLimits", streams::describeLimits),
                Map.entry("ListStreams", streams::listStreams),
                Map.entry("IncreaseStreamRetentionPeriod", streams::increaseRetention),
                Map.entry("DecreaseStreamRetentionPeriod", streams::decreaseRetention),
                Map.entry("AddTagsToStream", streams::addTags),
                Map.entry("ListTagsForStream", streams::listTags),
                Map.entry("ListShards", shards::listShards),
                Map.entry("SplitShard", shards::splitShard),
                Map.entry("MergeShards", shards::mergeShards),
                Map.entry("PutRecord", writes::putRecord),
                Map.entry("PutRecords", writes::putRecords),
                Map.entry("GetShardIterator", reads::getShardIterator),
                Map.entry("GetRecords", reads::getRecords));
    }

    /** By the header {@code X-Amz-Target}; fails with UnknownOperationException. */
    Operation byTarget(String target) {
        String name = target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : "";
        Operation operation = byName.get(name);
        if (operation != null) {
            return operation;
        }
        throw ApiException.unknownOperation(
                NOT_OFFERED.contains(name)
                        ? "local-kinesis does not offer " + name
                        : "Kinesis has no operation of this target; expected " + TARGET_PREFIX + "<operation>");
    }
}
