package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * 64 writers at once while the stream is split and merged, and 8 readers beside them that follow it. A moment by
 * default; {@code -Dclickstream.seconds=60 -Dtest.jvm=-Xmx8g} lets it run for a minute.
 */
class ConcurrentWritersIT {

    private static final int WRITERS = 64;
    private static final int READERS = 8;
    private static final int REQUESTS = 15;
    private static final int SECONDS = Integer.getInteger("clickstream.seconds", 0);
    private static final int ENTRIES = 20;
    private static final int RESHARDINGS = 6;

    /** One way to send a request and wait for its answer. */
    private interface UnaryPut extends Function<PutRecordsRequest, PutRecordsResponse> {}

    /** What the endpoint said about one record. */
    private record Acknowledged(String data, String shardId, String sequenceNumber) {}

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    private final AtomicBoolean written = new AtomicBoolean();

    @Test
    void everyAcknowledgedRecord_overSocketsOfTheirOwn_isThereOnceInOrder_forThoseWhoReadAlongToo() throws Exception {
        run(ThroughputLimits.OFF, READERS, clicks -> request -> clicks.client().putRecords(request));
    }

    @Test
    void everyAcknowledgedRecord_overSharedHttp2_isThereOnceInOrder_throttledToo() throws Exception {
        run(ThroughputLimits.ENFORCED, 0, clicks -> {
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

    private void run(ThroughputLimits limits, int readerCount, Function<Calls, UnaryPut> protocol) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + readerCount);
        try (LocalKinesis kinesis = LocalKinesis.builder().stream("clicks", 2)
                        .throughputLimits(limits)
                        .start();
                KinesisClient client = Wire.with(KinesisClient.builder(), kinesis.endpoint())
                        .httpClientBuilder(ApacheHttpClient.builder().maxConnections(WRITERS + readerCount + 1))
                        .build()) {
            Calls clicks = new Calls(client, "clicks");
            UnaryPut put = protocol.apply(clicks);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String key = "writer-" + i;
                writers.add(threads.submit(() -> write(put, key)));
            }
            List<Future<Summary>> readers = new ArrayList<>();
            for (int i = 0; i < readerCount; i++) {
                readers.add(threads.submit(() -> follow(clicks)));
            }
            reshard(clicks);
            for (Future<?> writer : writers) {
                writer.get(60 + SECONDS, TimeUnit.SECONDS);
            }
            written.set(true);
            Summary expected = Summary.of(acknowledged);
            for (Future<Summary> reader : readers) {
                assertThat(reader.get(60 + SECONDS, TimeUnit.SECONDS)).isEqualTo(expected);
            }
            System.out.println("ConcurrentWritersIT: " + limits + ", " + expected.records + " records acknowledged, "
                    + readerCount + " readers saw each once");
            check(clicks);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a reader has seen, or what was acknowledged: how many records, and which, in any order. */
    private record Summary(long records, long which) {

        static Summary of(Queue<Acknowledged> records) {
            return records.stream()
                    .map(record -> new Summary(1, hash(record.data(), record.sequenceNumber())))
                    .reduce(new Summary(0, 0), Summary::plus);
        }

        static long hash(String data, String sequenceNumber) {
            long hash = data.hashCode() * 0x9E3779B97F4A7C15L + sequenceNumber.hashCode();
            return (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
        }

        Summary plus(Summary other) {
            return new Summary(records + other.records, which + other.which);
        }
    }

    /** Reads all shards as they appear, to their ends, while they are written. */
    private Summary follow(Calls clicks) {
        Map<String, String> iterators = new HashMap<>();
        Map<String, BigInteger> last = new HashMap<>();
        Set<String> ended = new HashSet<>();
        Summary seen = new Summary(0, 0);
        while (true) {
            boolean wasWritten = written.get();
            boolean more = false;
            for (Shard shard : clicks.shards()) {
                String id = shard.shardId();
                if (ended.contains(id)) {
                    continue;
                }
                var read = clicks.read(
                        iterators.computeIfAbsent(id, i -> clicks.iterator(i, ShardIteratorType.TRIM_HORIZON)));
                for (Record record : read.records()) {
                    BigInteger number = new BigInteger(record.sequenceNumber());
                    assertThat(number).isGreaterThan(last.getOrDefault(id, BigInteger.ZERO));
                    last.put(id, number);
                    seen = seen.plus(
                            new Summary(1, Summary.hash(record.data().asUtf8String(), record.sequenceNumber())));
                }
                if (read.nextShardIterator() == null) {
                    ended.add(id);
                } else {
                    iterators.put(id, read.nextShardIterator());
                }
                more |= !read.records().isEmpty() || read.millisBehindLatest() > 0;
            }
            if (wasWritten && !more) {
                return seen;
            }
        }
    }

    /** Entries are sent in order; what is throttled is simply given up. */
    private void write(UnaryPut put, String key) {
        for (int request = 0; request < REQUESTS || System.nanoTime() < deadline; request++) {
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
        for (int round = 0; round < RESHARDINGS || System.nanoTime() < deadline; round++) {
            int begun = round < RESHARDINGS ? round * WRITERS * REQUESTS / RESHARDINGS : requests.get() + 5_000;
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> requests.get() > begun || (SECONDS > 0 && System.nanoTime() > deadline));
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
