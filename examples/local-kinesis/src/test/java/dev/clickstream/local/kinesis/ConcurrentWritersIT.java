package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** 64 writers at once while the stream is split and merged. */
class ConcurrentWritersIT {

    private static final int WRITERS = 64;
    private static final int REQUESTS = 15;
    private static final int ENTRIES = 20;
    private static final int RESHARDINGS = 6;

    /** One way to send a request and wait for its answer. */
    private interface UnaryPut extends Function<PutRecordsRequest, PutRecordsResponse> {}

    /** What the endpoint said about one record. */
    private record Acknowledged(String data, String shardId, String sequenceNumber) {}

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void everyAcknowledgedRecord_overSocketsOfTheirOwn_isThereOnceInOrder() throws Exception {
        run(ThroughputLimits.OFF, clicks -> request -> clicks.client().putRecords(request));
    }

    @Test
    void everyAcknowledgedRecord_overSharedHttp2_isThereOnceInOrder_throttledToo() throws Exception {
        run(ThroughputLimits.ENFORCED, clicks -> {
            KinesisAsyncClient async = Wire.with(
                            KinesisAsyncClient.builder(),
                            clicks.client()
                                    .serviceClientConfiguration()
                                    .endpointOverride()
                                    .orElseThrow())
                    .httpClientBuilder(Wire.netty())
                    .build();
            return request -> async.putRecords(request).join();
        });
    }

    private void run(ThroughputLimits limits, Function<Calls, UnaryPut> protocol) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (LocalKinesis kinesis = LocalKinesis.builder().stream("clicks", 2)
                        .throughputLimits(limits)
                        .start();
                KinesisClient client = Wire.with(KinesisClient.builder(), kinesis.endpoint())
                        .httpClientBuilder(ApacheHttpClient.builder().maxConnections(WRITERS + 1))
                        .build()) {
            Calls clicks = new Calls(client, "clicks");
            UnaryPut put = protocol.apply(clicks);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String key = "writer-" + i;
                writers.add(threads.submit(() -> write(put, key)));
            }
            reshard(clicks);
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            check(clicks);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Entries are sent in order; what is throttled is simply given up. */
    private void write(UnaryPut put, String key) {
        for (int request = 0; request < REQUESTS; request++) {
            List<PutRecordsRequestEntry> entries = new ArrayList<>();
            List<String> data = new ArrayList<>();
            for (int i = 0; i < ENTRIES; i++) {
                data.add(key + ":" + (request * ENTRIES + i));
                entries.add(Calls.entry(key, data.get(i)));
            }
            PutRecordsResponse response = put.apply(PutRecordsRequest.builder()
                    .streamName("clicks")
                    .records(entries)
                    .build());
            for (int i = 0; i < ENTRIES; i++) {
                var result = response.records().get(i);
                if (result.errorCode() == null) {
                    acknowledged.add(new Acknowledged(data.get(i), result.shardId(), result.sequenceNumber()));
                }
            }
            requests.incrementAndGet();
        }
    }

    /** From 2 to 4 shards and back, again and again, spread over the writers' progress. */
    private void reshard(Calls clicks) {
        for (int round = 0; round < RESHARDINGS; round++) {
            int begun = round * WRITERS * REQUESTS / RESHARDINGS;
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> requests.get() > begun);
            for (Shard open : open(clicks)) {
                clicks.split(open.shardId(), middle(open).toString());
            }
            List<Shard> four = open(clicks);
            clicks.merge(four.get(0).shardId(), four.get(1).shardId());
            clicks.merge(four.get(2).shardId(), four.get(3).shardId());
        }
    }

    private static List<Shard> open(Calls clicks) {
        return clicks.shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(ConcurrentWritersIT::start))
                .toList();
    }

    private static BigInteger start(Shard shard) {
        return new BigInteger(shard.hashKeyRange().startingHashKey());
    }

    private static BigInteger middle(Shard shard) {
        return start(shard)
                .add(new BigInteger(shard.hashKeyRange().endingHashKey()))
                .shiftRight(1);
    }

    private void check(Calls clicks) {
        Map<String, Acknowledged> stored = new HashMap<>();
        Map<String, List<Record>> byKey = new HashMap<>();
        for (Shard shard : clicks.shards()) {
            BigInteger before = BigInteger.ZERO;
            for (Record record : clicks.readAll(shard.shardId())) {
                BigInteger number = new BigInteger(record.sequenceNumber());
                assertThat(number).isGreaterThan(before);
                before = number;
                String data = record.data().asUtf8String();
                assertThat(stored.put(data, new Acknowledged(data, shard.shardId(), record.sequenceNumber())))
                        .as("a second copy of " + data)
                        .isNull();
                byKey.computeIfAbsent(record.partitionKey(), k -> new ArrayList<>())
                        .add(record);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(1_000);
        assertThat(Set.copyOf(stored.values())).isEqualTo(Set.copyOf(acknowledged));
        // Of one key, sequence numbers follow the order of sending, over parents and children too.
        byKey.values().forEach(records -> assertThat(records.stream()
                        .sorted(Comparator.comparing(r -> new BigInteger(r.sequenceNumber())))
                        .map(r -> Integer.valueOf(r.data().asUtf8String().replaceAll(".*:", "")))
                        .collect(Collectors.toList()))
                .isSorted());
    }
}
