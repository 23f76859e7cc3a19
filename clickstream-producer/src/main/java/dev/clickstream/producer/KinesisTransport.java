package dev.clickstream.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** PutRecords and ListShards of one stream, one attempt each. Thread-safe. */
final class KinesisTransport implements Transport, ShardSource {

    /** AWS's page "Quotas and limits": a record's data and key, by default. */
    static final int MAX_RECORD_BYTES = 1 << 20;

    /** Kinesis API reference, PutRecords: records, and bytes in all. */
    private static final Limits LIMITS = new Limits(500, 10 << 20, MAX_RECORD_BYTES);

    private final KinesisAsyncClient client;
    private final String streamName;
    private final Duration timeout;

    KinesisTransport(KinesisAsyncClient client, String streamName, Duration timeout) {
        this.client = client;
        this.streamName = streamName;
        this.timeout = timeout;
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public CompletableFuture<List<EntryResult>> send(List<Entry> entries) {
        PutRecordsRequest request = PutRecordsRequest.builder()
                .streamName(streamName)
                .records(entries.stream().map(KinesisTransport::entry).toList())
                .overrideConfiguration(o -> o.addPlugin(AwsAnswers.NO_RETRIES).apiCallTimeout(timeout))
                .build();
        return client.putRecords(request).handle((response, error) -> {
            if (error != null) {
                throw AwsAnswers.failure(error);
            }
            return results(response);
        });
    }

    @Override
    public ShardSource shards() {
        return this;
    }

    @Override
    public CompletableFuture<List<Shard>> list() {
        return list(ListShardsRequest.builder().streamName(streamName), new ArrayList<>());
    }

    /** One page after the other; a page's token stands for the stream's name. */
    private CompletableFuture<List<Shard>> list(ListShardsRequest.Builder page, List<Shard> before) {
        ListShardsRequest request = page.overrideConfiguration(
                        o -> o.addPlugin(AwsAnswers.NO_RETRIES).apiCallTimeout(timeout))
                .build();
        return client.listShards(request)
                .exceptionally(error -> {
                    throw AwsAnswers.failure(error);
                })
                .thenCompose(response -> {
                    response.shards().forEach(shard -> before.add(shard(shard)));
                    return response.nextToken() == null
                            ? CompletableFuture.completedFuture(before)
                            : list(ListShardsRequest.builder().nextToken(response.nextToken()), before);
                });
    }

    private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard shard) {
        return new Shard(
                shard.shardId(),
                HashKey.parse(shard.hashKeyRange().startingHashKey()),
                HashKey.parse(shard.hashKeyRange().endingHashKey()),
                shard.sequenceNumberRange().endingSequenceNumber() == null);
    }

    private static PutRecordsRequestEntry entry(Entry entry) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(entry.partitionKey())
                .explicitHashKey(entry.explicitHashKey())
                .data(SdkBytes.fromByteArrayUnsafe(entry.data()))
                .build();
    }

    private static List<EntryResult> results(PutRecordsResponse response) {
        return response.records().stream().map(KinesisTransport::result).toList();
    }

    private static EntryResult result(PutRecordsResultEntry entry) {
        if (entry.errorCode() == null) {
            return new Written(new Receipt(entry.shardId(), entry.sequenceNumber()));
        }
        return new NotWritten(AwsAnswers.failure(entry.errorCode()), entry.errorCode());
    }
}
