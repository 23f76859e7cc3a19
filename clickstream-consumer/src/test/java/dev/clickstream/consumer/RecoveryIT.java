package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.schemaregistry.deserializers.GlueSchemaRegistryDeserializer;
import dev.clickstream.consumer.s3.S3Sink;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalClients;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Workers that fail, die, follow a stream that changes, and lose nothing. */
class RecoveryIT {
    private static final Duration QUICK = Duration.ofMillis(200);

    private static LocalAws aws;
    private static LocalClients clients;

    @BeforeAll
    static void start() {
        aws = LocalAws.start();
        clients = aws.clients();
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(40));
    }

    private static S3Sink into(Bucket bucket) {
        return S3Sink.builder(clients.s3(), bucket.name())
                .prefix("rows/!{timestamp:HH}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .attemptTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static long pendingCheckpoints(String application) {
        return clients.dynamoDb().scan(r -> r.tableName(application).consistentRead(true)).join().items().stream()
                .filter(row -> row.containsKey("pendingCheckpointState"))
                .count();
    }

    @Test
    void restart_withAPendingBatch_deliversTheSameBatchAgain() {
        TestStream stream = new TestStream(clients, "restart", 1).prepare("restart-app");
        Bucket bucket = new Bucket(clients.s3(), "restart");
        stream.put(25);
        StumblingSink never = new StumblingSink(into(bucket), Integer.MAX_VALUE);
        ClickstreamWorker first = stream.worker("restart-app")
                .sink(never)
                .bufferingSize(1_000)
                .bufferingInterval(QUICK)
                .build()
                .start();
        soon().until(() -> never.stumblesLeft() < Integer.MAX_VALUE - 1);
        List<String> keysBefore = bucket.keys("rows/");
        assertThat(first.close(Duration.ZERO).ending()).isEqualTo(CloseReport.Ending.TIMED_OUT);
        assertThat(first.counts().records()).isZero();
        assertThat(pendingCheckpoints("restart-app")).isEqualTo(1);
        stream.put(25);

        try (ClickstreamWorker second = stream.worker("restart-app")
                .sink(into(bucket))
                .bufferingSize(400)
                .bufferingInterval(QUICK)
                .build()
                .start()) {
            soon().untilAsserted(() -> assertThat(second.counts().ok()).isEqualTo(50));

            assertThat(bucket.allLines("rows/")).containsExactlyInAnyOrderElementsOf(stream.all());
            assertThat(bucket.keys("rows/")).containsAll(keysBefore);
            assertThat(second.health()).isEqualTo(new WorkerHealth(WorkerHealth.Status.HEALTHY, List.of()));
        }
        assertThat(pendingCheckpoints("restart-app")).isZero();
    }

    @Test
    void restart_withAnotherPrefixAndTransform_whileABatchIsPending_leavesEachRecordInOneObject() {
        TestStream stream = new TestStream(clients, "reconfigured", 1).prepare("reconfigured-app");
        Bucket bucket = new Bucket(clients.s3(), "reconfigured");
        stream.put(25);
        Transform failing = record -> List.of(new Outcome.Failed("Old", "not understood yet"));
        StumblingSink never = new StumblingSink(into(bucket), Integer.MAX_VALUE);
        ClickstreamWorker first = stream.worker("reconfigured-app")
                .transform(failing)
                .sink(never)
                .bufferingInterval(QUICK)
                .build()
                .start();
        soon().until(() -> never.stumblesLeft() < Integer.MAX_VALUE - 1);
        assertThat(first.close(Duration.ZERO).ending()).isEqualTo(CloseReport.Ending.TIMED_OUT);
        assertThat(bucket.keys("errors/")).isNotEmpty();

        S3Sink elsewhere = S3Sink.builder(clients.s3(), bucket.name())
                .prefix("other/!{timestamp:HH}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .attemptTimeout(Duration.ofSeconds(2))
                .build();
        try (ClickstreamWorker second = stream.worker("reconfigured-app")
                .sink(elsewhere)
                .bufferingInterval(QUICK)
                .build()
                .start()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> second.counts().ok() == 25);
        }
        assertThat(bucket.allLines("other/")).containsExactlyInAnyOrderElementsOf(stream.all());
        assertThat(bucket.keys("errors/")).isEmpty();
    }

    @Test
    void sink_thatFailsForAWhile_losesNothing_andShowsInHealth() {
        TestStream stream = new TestStream(clients, "stumble", 1).prepare("stumble-app");
        InMemorySink rows = new InMemorySink();
        StumblingSink stumbling = new StumblingSink(rows, 4);
        stream.put(10);
        try (ClickstreamWorker worker = stream.worker("stumble-app")
                .sink(stumbling)
                .bufferingInterval(QUICK)
                .retry(new RetryPolicy(Duration.ofMillis(300), Duration.ofMillis(300)))
                .build()
                .start()) {
            soon().until(() -> worker.health().status() == WorkerHealth.Status.DEGRADED);
            assertThat(worker.health().reasons())
                    .singleElement()
                    .asString()
                    .matches("shardId-000000000000: StumblingSink failed \\d times, last with "
                            + "java.lang.IllegalStateException");
            soon().untilAsserted(() -> assertThat(worker.counts().ok()).isEqualTo(10));
            assertThat(worker.health().status()).isEqualTo(WorkerHealth.Status.HEALTHY);
        }
        assertThat(rows.rows()).hasSize(10);
    }

    @Test
    void twoWorkers_throughResharding_deliverEachRecordOnce() {
        TestStream stream = new TestStream(clients, "reshard", 2).prepare("reshard-app");
        Bucket bucket = new Bucket(clients.s3(), "reshard");
        WorkerBuilder settings = stream.worker("reshard-app").sink(into(bucket)).bufferingInterval(QUICK);
        stream.put(50);
        try (ClickstreamWorker first = settings.workerId("first").build().start();
                ClickstreamWorker second = settings.workerId("second").build().start()) {
            soon().untilAsserted(() -> assertThat(ok(first, second)).isEqualTo(50));
            stream.splitAll();
            stream.put(50);
            soon().untilAsserted(() -> assertThat(ok(first, second)).isEqualTo(100));
            first.close(Duration.ofSeconds(20));
            stream.mergePairs();
            stream.put(50);
            soon().untilAsserted(() -> assertThat(ok(first, second)).isEqualTo(150));
        }
        assertThat(bucket.allLines("rows/")).containsExactlyInAnyOrderElementsOf(stream.all());
    }

    private static long ok(ClickstreamWorker one, ClickstreamWorker other) {
        return one.counts().ok() + other.counts().ok();
    }

    @Test
    void aggregates_areTakenApart_andBrokenOnesGoToTheErrorOutput() {
        TestStream stream = new TestStream(clients, "aggregates", 1).prepare("aggregates-app");
        Bucket bucket = new Bucket(clients.s3(), "aggregates");
        byte[] broken = Aggregates.withoutKey(List.of("x", "y"));
        byte[] noNumber = Aggregates.withHashKey("z", "not a number");
        stream.put(List.of(
                entry(Aggregates.of(
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList())),
                entry(broken),
                entry(noNumber),
                entry(Aggregates.of(List.of("throw", "10"))),
                entry("11".getBytes(StandardCharsets.UTF_8))));
        Transform transform = record -> {
            if (new String(record.data(), StandardCharsets.UTF_8).equals("throw")) {
                throw new IllegalArgumentException("data of a user");
            }
            return Transform.passThrough().apply(record);
        };
        try (ClickstreamWorker worker = stream.worker("aggregates-app")
                .transform(transform)
                .sink(into(bucket))
                .bufferingSize(1)
                .bufferingInterval(QUICK)
                .build()
                .start()) {
            soon().untilAsserted(() -> assertThat(worker.counts().records()).isEqualTo(15));
            assertThat(worker.counts().failed())
                    .containsEntry(Transform.EXCEPTION, 1L)
                    .containsEntry(KclRecords.BROKEN_AGGREGATE, 2L);
        }
        assertThat(bucket.allLines("rows/"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).mapToObj(Integer::toString).toList());
        assertThat(bucket.objects("rows/").values()).contains(numbers(0, 10));
        assertThat(bucket.allLines("errors/processing-failed"))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("{\"rawData\":\""
                        + Base64.getEncoder().encodeToString(broken) + "\",\"errorCode\":\"Aggregate.Broken\""))
                .anyMatch(line -> line.contains("\"errorCode\":\"Transform.Exception\",\"errorMessage\":"
                        + "\"java.lang.IllegalArgumentException\",\"attemptsMade\":1"))
                .noneMatch(line -> line.contains("data of a user"));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static PutRecordsRequestEntry entry(byte[] data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey("a")
                .data(SdkBytes.fromByteArray(data))
                .build();
    }

    @Test
    void records_thatKclSkips_areReadAgain() {
        TestStream stream = new TestStream(clients, "skipped", 1).prepare("skipped-app");
        InMemorySink rows = new InMemorySink();
        AtomicInteger decoded = new AtomicInteger();
        // KCL decodes records before it hands them over; when that throws, it goes on with the next ones.
        GlueSchemaRegistryDeserializer throwsOnce = (GlueSchemaRegistryDeserializer) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {GlueSchemaRegistryDeserializer.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("canDeserialize") && decoded.incrementAndGet() == 3) {
                        throw new NoClassDefFoundError("KCL fails");
                    }
                    return false;
                });
        stream.put(10);
        try (ClickstreamWorker worker = stream.worker("skipped-app")
                .sink(rows)
                .bufferingInterval(QUICK)
                .kcl(kcl -> {
                    stream.quicken(kcl);
                    kcl.retrieval().glueSchemaRegistryDeserializer(throwsOnce);
                })
                .build()
                .start()) {
            soon().until(() -> decoded.get() >= 3);
            stream.put(10);
            soon().untilAsserted(() -> assertThat(worker.counts().ok()).isEqualTo(20));
            assertThat(worker.health().status()).isEqualTo(WorkerHealth.Status.HEALTHY);
        }
        assertThat(rows.rows().stream().map(row -> new String(row.data(), StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrderElementsOf(stream.all());
    }

    @Test
    void startPosition_isStoredOnce_whereKclLeavesItAlone() throws Exception {
        TestStream stream = new TestStream(clients, "position", 1).prepare("position-app");
        AtomicReference<KclConfigs> kcl = new AtomicReference<>();
        stream.put(5);
        try (ClickstreamWorker worker = stream.worker("position-app")
                .sink(new InMemorySink())
                .bufferingInterval(QUICK)
                .initialPosition(InitialPosition.at(Instant.ofEpochMilli(1_000)))
                .kcl(configs -> {
                    stream.quicken(configs);
                    kcl.set(configs);
                })
                .build()
                .start()) {
            soon().untilAsserted(() -> assertThat(worker.counts().ok()).isEqualTo(5));
        }
        KclStartStore store = new KclStartStore(kcl.get().leaseManagement());
        assertThat(new StartPosition(store, InitialPosition.latest(), TimeSource.SYSTEM).resolve())
                .isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(store.create(Instant.ofEpochMilli(2_000))).isFalse();
    }
}
