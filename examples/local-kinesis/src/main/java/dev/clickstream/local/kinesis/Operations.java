package dev.clickstream.local.kinesis;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which operation a request means: the table of everything that the endpoint offers. */
final class Operations {

    private static final String TARGET_PREFIX = "Kinesis_20131202.";
    private static final String FIREHOSE_PREFIX = "Firehose_20150804.";

    /** Of the API, but not offered: told apart from misspelt ones. */
    private static final Set<String> NOT_OFFERED = Set.of(
            "DeleteResourcePolicy",
            "DisableEnhancedMonitoring",
            "EnableEnhancedMonitoring",
            "GetResourcePolicy",
            "ListTagsForResource",
            "PutResourcePolicy",
            "TagResource",
            "UntagResource");

    private final Map<String, Operation> byName;
    private final Map<String, Operation> firehoseByName;

    /** An operation and the action that a permission policy must allow for it. */
    record Named(String action, Operation operation) {}

    Operations(Account account, Map<String, DeliveryStream> deliveryStreams, Faults faults) {
        StreamOperations streams = new StreamOperations(account);
        StreamSettings settings = new StreamSettings(account);
        ShardOperations shards = new ShardOperations(account);
        WriteOperations writes = new WriteOperations(account, faults);
        ReadOperations reads = new ReadOperations(account, faults);
        ConsumerOperations consumers = new ConsumerOperations(account);
        SubscribeOperation subscribe = new SubscribeOperation(account);
        byName = Map.ofEntries(
                Map.entry("CreateStream", streams::createStream),
                Map.entry("DeleteStream", streams::deleteStream),
                Map.entry("DescribeStream", streams::describeStream),
                Map.entry("DescribeStreamSummary", streams::describeStreamSummary),
                Map.entry("DescribeLimits", streams::describeLimits),
                Map.entry("ListStreams", streams::listStreams),
                Map.entry("IncreaseStreamRetentionPeriod", settings::increaseRetention),
                Map.entry("DecreaseStreamRetentionPeriod", settings::decreaseRetention),
                Map.entry("AddTagsToStream", settings::addTags),
                Map.entry("ListTagsForStream", settings::listTags),
                Map.entry("RemoveTagsFromStream", settings::removeTags),
                Map.entry("UpdateStreamMode", settings::updateStreamMode),
                Map.entry("UpdateMaxRecordSize", settings::updateMaxRecordSize),
                Map.entry("StartStreamEncryption", settings::startEncryption),
                Map.entry("StopStreamEncryption", settings::stopEncryption),
                Map.entry("UpdateShardCount", shards::updateShardCount),
                Map.entry("ListShards", shards::listShards),
                Map.entry("SplitShard", shards::splitShard),
                Map.entry("MergeShards", shards::mergeShards),
                Map.entry("PutRecord", writes::putRecord),
                Map.entry("PutRecords", writes::putRecords),
                Map.entry("GetShardIterator", reads::getShardIterator),
                Map.entry("GetRecords", reads::getRecords),
                Map.entry("RegisterStreamConsumer", consumers::register),
                Map.entry("DeregisterStreamConsumer", consumers::deregister),
                Map.entry("DescribeStreamConsumer", consumers::describe),
                Map.entry("ListStreamConsumers", consumers::list),
                Map.entry("SubscribeToShard", subscribe::subscribeToShard));
        FirehoseOperations firehose = new FirehoseOperations(deliveryStreams, faults);
        firehoseByName = Map.of(
                "PutRecord", firehose::putRecord,
                "PutRecordBatch", firehose::putRecordBatch,
                "DescribeDeliveryStream", firehose::describeDeliveryStream);
    }

    /** By the header {@code X-Amz-Target}; fails with UnknownOperationException. */
    Named byTarget(String target) {
        String name = nameAfter(TARGET_PREFIX, target);
        Operation operation = byName.get(name);
        if (operation != null) {
            return new Named("kinesis:" + name, operation);
        }
        String firehoseName = nameAfter(FIREHOSE_PREFIX, target);
        Operation firehose = firehoseByName.get(firehoseName);
        if (firehose != null) {
            return new Named("firehose:" + firehoseName, firehose);
        }
        throw ApiException.unknownOperation(unknown(name, firehoseName));
    }

    /** Empty if the target does not begin like that. */
    private static String nameAfter(String prefix, String target) {
        return target.startsWith(prefix) ? target.substring(prefix.length()) : "";
    }

    private String unknown(String name, String firehoseName) {
        if (NOT_OFFERED.contains(name)) {
            return "local-kinesis does not offer " + name;
        }
        return firehoseName.isEmpty()
                ? "Kinesis has no operation of this target; expected " + TARGET_PREFIX + "<operation>"
                : "local-kinesis offers of Firehose only " + String.join(", ", new TreeSet<>(firehoseByName.keySet()));
    }
}
