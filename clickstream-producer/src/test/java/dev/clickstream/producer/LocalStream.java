package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.kinesis.LocalKinesis;
import dev.clickstream.local.kinesis.ThroughputLimits;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.builder.SdkAsyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** A stream {@code clicks} on a local endpoint, and an SDK client as it is built by default, retries included. */
final class LocalStream implements AutoCloseable {

    static final String NAME = "clicks";

    /** A client's own threads take two seconds to stop. */
    private static final SdkEventLoopGroup THREADS =
            SdkEventLoopGroup.create(new NioEventLoopGroup(2, new DefaultThreadFactory("sdk-client", true)));

    private final LocalKinesis kinesis;
    private final KinesisAsyncClient client;

    LocalStream(int shards, ThroughputLimits limits) {
        kinesis = LocalKinesis.builder().stream(NAME, shards)
                .throughputLimits(limits)
                .start();
        client = client(kinesis.endpoint());
    }

    LocalStream(int shards, ThroughputLimits limits, Protocol protocol, ExecutionInterceptor interceptor) {
        kinesis = LocalKinesis.builder().stream(NAME, shards)
                .throughputLimits(limits)
                .start();
        client = client(
                kinesis.endpoint(),
                NettyNioAsyncHttpClient.builder().protocol(protocol),
                o -> o.addExecutionInterceptor(interceptor));
    }

    LocalKinesis kinesis() {
        return kinesis;
    }

    static KinesisAsyncClient client(URI endpoint) {
        return client(endpoint, NettyNioAsyncHttpClient.builder(), settings -> {});
    }

    static KinesisAsyncClient client(
            URI endpoint,
            NettyNioAsyncHttpClient.Builder http,
            Consumer<ClientOverrideConfiguration.Builder> settings) {
        return settings(KinesisAsyncClient.builder(), endpoint)
                .httpClientBuilder(http.eventLoopGroup(THREADS))
                .overrideConfiguration(settings)
                .build();
    }

    /** Of a client to that endpoint, with threads that stop quickly. */
    static <B extends AwsClientBuilder<B, ?> & SdkAsyncClientBuilder<B, ?>> B settings(B client, URI endpoint) {
        return client.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().eventLoopGroup(THREADS));
    }

    KinesisAsyncClient client() {
        return client;
    }

    void split(Shard shard) {
        BigInteger start = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger end = new BigInteger(shard.hashKeyRange().endingHashKey());
        String middle = start.add(end).shiftRight(1).toString();
        client.splitShard(s -> s.streamName(NAME).shardToSplit(shard.shardId()).newStartingHashKey(middle))
                .join();
    }

    /** Merges the first two open shards, if there are two. */
    void mergeFirst() {
        List<String> open = shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .map(Shard::shardId)
                .toList();
        if (open.size() > 1) {
            // One of them may have been split since.
            client.mergeShards(m -> m.streamName(NAME).shardToMerge(open.get(0)).adjacentShardToMerge(open.get(1)))
                    .exceptionally(error -> null)
                    .join();
        }
    }

    /** All shards, parents before their children. */
    List<Shard> shards() {
        return client.describeStream(d -> d.streamName(NAME)).join().streamDescription().shards().stream()
                .sorted(Comparator.comparing(Shard::shardId))
                .toList();
    }

    /** All events, as KCL reads them when it finishes parents first: without aggregates that leave their shard. */
    List<ClickEvent> events() {
        return shards().stream().flatMap(shard -> events(shard).stream()).toList();
    }

    private List<ClickEvent> events(Shard shard) {
        List<KinesisClientRecord> records = records(shard.shardId()).stream()
                .map(KinesisClientRecord::fromRecord)
                .toList();
        return new AggregatorUtil()
                        .deaggregate(
                                records,
                                shard.hashKeyRange().startingHashKey(),
                                shard.hashKeyRange().endingHashKey())
                        .stream()
                        .map(record -> ClickEvent.fromJson(
                                SdkBytes.fromByteBuffer(record.data()).asByteArray()))
                        .toList();
    }

    List<Record> records(String shardId) {
        List<Record> records = new ArrayList<>();
        String iterator = client.getShardIterator(
                        g -> g.streamName(NAME).shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .join()
                .shardIterator();
        while (iterator != null) {
            String at = iterator;
            var read = client.getRecords(g -> g.shardIterator(at)).join();
            records.addAll(read.records());
            boolean atTheEnd = read.records().isEmpty() && read.millisBehindLatest() == 0;
            iterator = atTheEnd ? null : read.nextShardIterator();
        }
        return records;
    }

    @Override
    public void close() {
        client.close();
        kinesis.close();
    }
}
