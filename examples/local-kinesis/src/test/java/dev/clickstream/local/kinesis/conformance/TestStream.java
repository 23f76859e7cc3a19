package dev.clickstream.local.kinesis.conformance;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** One case's stream, and what cases ask of it again and again. */
record TestStream(KinesisClient client, String name) {

    /** Of every subject; also what stands for it in messages. */
    static final String ACCOUNT = "000000000000";

    static final BigInteger RING = BigInteger.TWO.pow(128);
    static final String MIDDLE = BigInteger.TWO.pow(127).toString();

    static String shardId(int index) {
        return String.format("shardId-%012d", index);
    }

    String arn() {
        return "arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/" + name;
    }

    /** A moment that is past when it is given, but after all that was answered before. */
    static Instant momentAfterNow() {
        Instant before = Instant.now();
        soon().until(() -> Instant.now().isAfter(before.plusMillis(20)));
        return before.plusMillis(10);
    }

    /** The same, but in a later second than all of that. */
    static Instant momentInNextSecond() {
        long second = Instant.now().getEpochSecond();
        soon().until(() -> Instant.now().getEpochSecond() > second);
        return Instant.now();
    }

    StreamStatus status() {
        return client.describeStreamSummary(r -> r.streamName(name))
                .streamDescriptionSummary()
                .streamStatus();
    }

    /** Empty if there is no such stream. */
    Optional<StreamStatus> statusIfThere() {
        try {
            return Optional.of(status());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    void awaitActive() {
        soon().until(() -> status() == StreamStatus.ACTIVE);
    }

    void awaitGone() {
        soon().until(() -> statusIfThere().isEmpty());
    }

    static ConditionFactory soon() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10));
    }

    static PutRecordsRequestEntry entry(String key, String data) {
        return entry(key, data.getBytes(StandardCharsets.UTF_8));
    }

    static PutRecordsRequestEntry entry(String key, byte[] data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArray(data))
                .build();
    }

    PutRecordResponse put(String key, String data) {
        return client.putRecord(r -> r.streamName(name).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
    }

    PutRecordResponse putAt(String hashKey) {
        return client.putRecord(r ->
                r.streamName(name).partitionKey("k").explicitHashKey(hashKey).data(SdkBytes.fromUtf8String("x")));
    }

    PutRecordsResponse putAll(List<PutRecordsRequestEntry> entries) {
        return client.putRecords(r -> r.streamName(name).records(entries));
    }

    List<Shard> shards() {
        return client.listShards(r -> r.streamName(name)).shards();
    }

    /** Splits and waits until it is done. */
    void split(String shardId, String newStartingHashKey) {
        client.splitShard(r -> r.streamName(name).shardToSplit(shardId).newStartingHashKey(newStartingHashKey));
        awaitActive();
    }

    /** Merges and waits until it is done. */
    void merge(String shardId, String adjacentShardId) {
        client.mergeShards(r -> r.streamName(name).shardToMerge(shardId).adjacentShardToMerge(adjacentShardId));
        awaitActive();
    }

    String iterator(String shardId, ShardIteratorType type) {
        return iterator(shardId, r -> r.shardIteratorType(type));
    }

    String iterator(String shardId, ShardIteratorType type, String sequenceNumber) {
        return iterator(shardId, r -> r.shardIteratorType(type).startingSequenceNumber(sequenceNumber));
    }

    String iterator(String shardId, Consumer<GetShardIteratorRequest.Builder> where) {
        return client.getShardIterator(r -> where.accept(r.streamName(name).shardId(shardId)))
                .shardIterator();
    }

    GetRecordsResponse read(String iterator) {
        return client.getRecords(r -> r.shardIterator(iterator));
    }

    /** What the records at an iterator hold, in one read. */
    List<String> data(String iterator) {
        return data(read(iterator));
    }

    static List<String> data(GetRecordsResponse read) {
        return read.records().stream().map(r -> r.data().asUtf8String()).toList();
    }

    /** All records of a closed shard, and the last answer, which has no iterator. */
    Ended readToEnd(String shardId) {
        List<Record> records = new ArrayList<>();
        GetRecordsResponse read = read(iterator(shardId, ShardIteratorType.TRIM_HORIZON));
        records.addAll(read.records());
        // Four calls at most: a shard takes five a second.
        for (int i = 0; i < 3 && read.nextShardIterator() != null; i++) {
            read = read(read.nextShardIterator());
            records.addAll(read.records());
        }
        return new Ended(records, read);
    }

    record Ended(List<Record> records, GetRecordsResponse last) {}
}
