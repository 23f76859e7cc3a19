package dev.clickstream.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.kinesis.common.DdbTableConfig;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.leases.HierarchicalShardSyncer;
import software.amazon.kinesis.leases.KinesisShardDetector;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.TableCreatorCallback;
import software.amazon.kinesis.metrics.NullMetricsScope;

class QuickKclIT {
    private static final Logger LOG = LoggerFactory.getLogger(QuickKclIT.class);
    private static final Duration REQUEST = Duration.ofSeconds(10);

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

    @Test
    void preparedLeases_areThoseThatKclWrites() throws Exception {
        TestStream stream = new TestStream(clients.kinesis(), "lineage", 2);
        stream.splitAll();

        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "ours", "lineage");
        kclWritesLeases("theirs", "lineage");

        assertThat(rows("ours")).hasSize(2).isEqualTo(rows("theirs"));
        assertThat(describe("ours")).isEqualTo(describe("theirs"));
    }

    @Test
    void prepareLeases_whenThereAreSome_leavesThemAlone() {
        new TestStream(clients.kinesis(), "again", 3);
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "again-app", "again");
        Map<String, AttributeValue> one = rows("again-app").get(0);
        clients.dynamoDb()
                .deleteItem(r -> r.tableName("again-app").key(Map.of("leaseKey", one.get("leaseKey"))))
                .join();

        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "again-app", "again");

        assertThat(rows("again-app")).hasSize(2);
    }

    @Test
    void workers_whenTwoStartAtOnce_bothGetShards() {
        TestStream stream = new TestStream(clients.kinesis(), "shared", 4);
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "shared-app", "shared");
        stream.put(200);
        try (PlainWorker one = new PlainWorker(clients, "shared-app", "shared", "w1").start();
                PlainWorker two = new PlainWorker(clients, "shared-app", "shared", "w2").start()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                stream.put(20);
                assertThat(one.read()).isNotEmpty();
                assertThat(two.read()).isNotEmpty();
            });
        }
    }

    @Test
    void worker_withQuickSettings_followsResharding() {
        TestStream stream = new TestStream(clients.kinesis(), "clicks", 2);
        stream.put(100);
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "reader", "clicks");
        long started = System.nanoTime();
        try (PlainWorker worker = new PlainWorker(clients, "reader", "clicks", "w1").start()) {
            awaitAll(worker, stream);
            LOG.info("first records after {} ms", (System.nanoTime() - started) / 1_000_000);

            stream.splitAll();
            assertThat(stream.openShards()).hasSize(4);
            stream.put(100);
            awaitAll(worker, stream);

            stream.mergePairs();
            assertThat(stream.openShards()).hasSize(2);
            stream.put(100);
            awaitAll(worker, stream);
            LOG.info("2, 4 and 2 shards read after {} ms", (System.nanoTime() - started) / 1_000_000);
        }
    }

    @Test
    void worker_whenAnotherStops_goesOnWhereItWas() {
        TestStream stream = new TestStream(clients.kinesis(), "handover", 2);
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "handover-app", "handover");
        stream.put(50);
        try (PlainWorker first = new PlainWorker(clients, "handover-app", "handover", "w1").start()) {
            awaitAll(first, stream);
        }
        stream.put(50);
        try (PlainWorker second = new PlainWorker(clients, "handover-app", "handover", "w2").start()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(second.read())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(50, 100).mapToObj(Integer::toString).toList()));
        }
    }

    private static void awaitAll(PlainWorker worker, TestStream stream) {
        List<String> all =
                IntStream.range(0, stream.size()).mapToObj(Integer::toString).toList();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(worker.read()).containsExactlyInAnyOrderElementsOf(all));
    }

    private static void kclWritesLeases(String application, String stream) throws Exception {
        DynamoDbAsyncClient dynamoDb = clients.dynamoDb();
        LeaseRefresher refresher = new DynamoDBLeaseRefresher(
                application,
                dynamoDb,
                new DynamoDBLeaseSerializer(),
                true,
                TableCreatorCallback.NOOP_TABLE_CREATOR_CALLBACK,
                REQUEST,
                new DdbTableConfig().billingMode(BillingMode.PAY_PER_REQUEST),
                false,
                false,
                List.of());
        refresher.createLeaseTableIfNotExists();
        refresher.createLeaseOwnerToLeaseKeyIndexIfNotExists();
        new HierarchicalShardSyncer()
                .checkAndCreateLeaseForNewShards(
                        new KinesisShardDetector(
                                clients.kinesis(),
                                StreamIdentifier.singleStreamInstance(stream),
                                100,
                                3,
                                1,
                                10,
                                100,
                                REQUEST),
                        refresher,
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON),
                        new NullMetricsScope(),
                        false,
                        true);
    }

    private static List<Map<String, AttributeValue>> rows(String table) {
        return clients.dynamoDb().scan(r -> r.tableName(table).consistentRead(true)).join().items().stream()
                .filter(row -> row.get("entityType").s().equals("LEASE"))
                .sorted((a, b) ->
                        a.get("leaseKey").s().compareTo(b.get("leaseKey").s()))
                .toList();
    }

    private static List<Object> describe(String table) {
        var description =
                clients.dynamoDb().describeTable(r -> r.tableName(table)).join().table();
        var index = description.globalSecondaryIndexes().get(0);
        return List.of(
                description.keySchema(),
                description.attributeDefinitions().stream()
                        .sorted((a, b) -> a.attributeName().compareTo(b.attributeName()))
                        .toList(),
                description.billingModeSummary().billingMode(),
                index.indexName(),
                index.keySchema(),
                index.projection());
    }
}
