package dev.clickstream.consumer;

import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** A stream with numbered records, and a worker's builder for it. */
final class TestStream {
    private final LocalClients clients;
    private final KinesisAsyncClient kinesis;
    private final String name;
    private final AtomicInteger next = new AtomicInteger();

    TestStream(LocalClients clients, String name, int shards) {
        this.clients = clients;
        this.kinesis = clients.kinesis();
        this.name = name;
        kinesis.createStream(r -> r.streamName(name).shardCount(shards)).join();
        kinesis.waiter().waitUntilStreamExists(r -> r.streamName(name)).join();
    }

    /** Leases as KCL would have made them, so that it starts at once. */
    TestStream prepare(String application) {
        QuickKcl.prepareLeases(clients.dynamoDb(), kinesis, application, name);
        return this;
    }

    WorkerBuilder worker(String application) {
        return ClickstreamWorker.builder(application, name)
                .kinesis(kinesis)
                .dynamoDb(clients.dynamoDb())
                .cloudWatch(clients.cloudWatch())
                .kcl(this::quicken);
    }

    void quicken(KclConfigs kcl) {
        QuickKcl.quicken(kcl.coordinator());
        QuickKcl.quicken(kcl.leaseManagement());
        QuickKcl.quicken(kcl.lifecycle());
        QuickKcl.quicken(kcl.metrics());
        kcl.retrieval().retrievalSpecificConfig(QuickKcl.quicken(new PollingConfig(name, kinesis)));
    }

    /** Puts so many more, each under a key of its own. */
    void put(int count) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(next.getAndIncrement());
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey("key-" + number)
                    .data(SdkBytes.fromUtf8String(number))
                    .build());
        }
        put(entries);
    }

    void put(List<PutRecordsRequestEntry> entries) {
        PutRecordsResponse answer =
                kinesis.putRecords(r -> r.streamName(name).records(entries)).join();
        if (answer.failedRecordCount() > 0) {
            throw new IllegalStateException(answer.failedRecordCount() + " records failed");
        }
    }

    /** What was put by number. */
    List<String> all() {
        return IntStream.range(0, next.get()).mapToObj(Integer::toString).toList();
    }

    void splitAll() {
        for (Shard shard : openShards()) {
            BigInteger middle = start(shard)
                    .add(new BigInteger(shard.hashKeyRange().endingHashKey()))
                    .divide(BigInteger.TWO);
            kinesis.splitShard(r ->
                            r.streamName(name).shardToSplit(shard.shardId()).newStartingHashKey(middle.toString()))
                    .join();
            kinesis.waiter().waitUntilStreamExists(r -> r.streamName(name)).join();
        }
    }

    void mergePairs() {
        List<Shard> open = openShards();
        for (int i = 0; i + 1 < open.size(); i += 2) {
            String left = open.get(i).shardId();
            String right = open.get(i + 1).shardId();
            kinesis.mergeShards(r -> r.streamName(name).shardToMerge(left).adjacentShardToMerge(right))
                    .join();
            kinesis.waiter().waitUntilStreamExists(r -> r.streamName(name)).join();
        }
    }

    List<Shard> openShards() {
        return kinesis
                .listShards(r -> r.streamName(name).shardFilter(f -> f.type(ShardFilterType.AT_LATEST)))
                .join()
                .shards()
                .stream()
                .sorted(Comparator.comparing(TestStream::start))
                .toList();
    }

    private static BigInteger start(Shard shard) {
        return new BigInteger(shard.hashKeyRange().startingHashKey());
    }
}
