package dev.clickstream.local.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What the tests ask for again and again, of one stream through one client. */
record Calls(KinesisClient client, String stream) {

    PutRecordResponse put(String key, String data) {
        return client.putRecord(r -> r.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
    }

    static PutRecordsRequestEntry entry(String key, byte[] data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArray(data))
                .build();
    }

    static PutRecordsRequestEntry entry(String key, String data) {
        return entry(key, data.getBytes(StandardCharsets.UTF_8));
    }

    List<Shard> shards() {
        return client.listShards(r -> r.streamName(stream)).shards();
    }

    void split(String shardId, String newStartingHashKey) {
        client.splitShard(r -> r.streamName(stream).shardToSplit(shardId).newStartingHashKey(newStartingHashKey));
    }

    void merge(String shardId, String adjacentShardId) {
        client.mergeShards(r -> r.streamName(stream).shardToMerge(shardId).adjacentShardToMerge(adjacentShardId));
    }

    String iterator(String shardId, ShardIteratorType type) {
        return iterator(shardId, r -> r.shardIteratorType(type));
    }

    String iterator(String shardId, Consumer<GetShardIteratorRequest.Builder> where) {
        return client.getShardIterator(r -> where.accept(r.streamName(stream).shardId(shardId)))
                .shardIterator();
    }

    GetRecordsResponse read(String iterator) {
        return client.getRecords(r -> r.shardIterator(iterator));
    }

    /** The data of the records at an iterator, in one read. */
    List<String> data(String iterator) {
        return read(iterator).records().stream()
                .map(r -> r.data().asUtf8String())
                .toList();
    }

    /** All records of a shard from its beginning to its end, or to where it is now. */
    List<Record> readAll(String shardId) {
        List<Record> all = new ArrayList<>();
        String iterator = iterator(shardId, ShardIteratorType.TRIM_HORIZON);
        while (iterator != null) {
            GetRecordsResponse read = read(iterator);
            all.addAll(read.records());
            boolean caughtUp = read.records().isEmpty() && read.millisBehindLatest() == 0;
            iterator = caughtUp ? null : read.nextShardIterator();
        }
        return all;
    }
}
