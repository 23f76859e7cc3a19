package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads what a stream holds, beside its workers and without leases or checkpoints, as a worker would see it: aggregates are
 * taken apart, and those that fall outside their shard after a split are left out. Thread-safe.
 *
 * <p>Its reads share each shard's limits with those of the workers; it waits when they are exceeded.
 */
public final class StreamScan {
    private static final long PAUSE_MILLIS = 250;

    private final KinesisAsyncClient kinesis;
    private final String streamName;

    /**
     * Of a stream.
     *
     * @param kinesis the caller's client
     * @param streamName which one
     */
    public StreamScan(KinesisAsyncClient kinesis, String streamName) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
        this.streamName = requireNonNull(streamName, "streamName");
    }

    /**
     * The shards that the stream still keeps records of, open and closed.
     *
     * @return ids, as ListShards orders them
     */
    public List<String> shards() {
        return listed().stream().map(Shard::shardId).toList();
    }

    private List<Shard> listed() {
        List<Shard> shards = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            ListShardsRequest.Builder request = ListShardsRequest.builder();
            ListShardsResponse page = kinesis.listShards(
                            token == null
                                    ? request.streamName(streamName).build()
                                    : request.nextToken(token).build())
                    .join();
            shards.addAll(page.shards());
            next = page.nextToken();
        } while (next != null);
        return shards;
    }

    /**
     * Reads a shard as far as it goes now, or to its end if it is closed.
     *
     * @param shardId one of {@link #shards}
     * @param from what arrived earlier is left out; null for all that the stream keeps
     * @param records takes them in their order; on a fault of Kinesis a record may come again
     */
    public void read(String shardId, @Nullable Instant from, Consumer<StreamRecord> records) {
        Shard shard = listed().stream()
                .filter(listed -> listed.shardId().equals(shardId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The stream has no shard " + shardId));
        String iterator = kinesis.getShardIterator(first(shardId, from)).join().shardIterator();
        while (iterator != null) {
            GetRecordsResponse read = read(iterator);
            KclRecords.of(shard, read.records()).forEach(records);
            iterator = read.millisBehindLatest() == 0 ? null : read.nextShardIterator();
        }
    }

    private GetShardIteratorRequest first(String shardId, @Nullable Instant from) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamName(streamName).shardId(shardId);
        return from == null
                ? request.shardIteratorType(ShardIteratorType.TRIM_HORIZON).build()
                : request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(from)
                        .build();
    }

    private GetRecordsResponse read(String iterator) {
        while (true) {
            try {
                return kinesis.getRecords(r -> r.shardIterator(iterator)).join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof ProvisionedThroughputExceededException)) {
                    throw e;
                }
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }
}
