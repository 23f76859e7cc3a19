package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;

class ClickstreamWorkerIT {
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

    @Test
    void leases_areReadConsistently_whateverTheUserSays() {
        TestStream stream = new TestStream(clients, "consistent", 1).prepare("consistent-app");
        AtomicReference<KclConfigs> used = new AtomicReference<>();
        List<Long> told = new CopyOnWriteArrayList<>();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ClickstreamWorker worker = stream.worker("consistent-app")
                .sink(new InMemorySink())
                .maxLeasesForWorker(7)
                .failoverTime(Duration.ofSeconds(21))
                .kcl(configs -> {
                    told.add((long) configs.leaseManagement().maxLeasesForWorker());
                    told.add(configs.leaseManagement().failoverTimeMillis());
                    stream.quicken(configs);
                    configs.leaseManagement().consistentReads(false);
                    configs.processor().callProcessRecordsEvenForEmptyRecordList(false);
                    used.set(configs);
                })
                .meterRegistry(meters)
                .build();
        try (worker) {
            worker.start();
            soon().untilAsserted(() -> assertThat(used).doesNotHaveNullValue());
            assertThat(told).startsWith(7L, 21_000L);
            soon().untilAsserted(() -> {
                assertThat(used.get().leaseManagement().consistentReads()).isTrue();
                assertThat(used.get().processor().callProcessRecordsEvenForEmptyRecordList())
                        .isTrue();
            });
        }
    }

    @Test
    void worker_readsByFanOut_fromALeaseTableOfItsOwnName_withTags() {
        TestStream stream = new TestStream(clients, "fan-out", 2).prepare("fan-out-table");
        stream.put(30);
        InMemorySink rows = new InMemorySink();
        AtomicReference<KclConfigs> used = new AtomicReference<>();
        ClickstreamWorker worker = stream.worker("fan-out-app")
                .sink(rows)
                .retrieval(RetrievalMode.FAN_OUT)
                .leaseTableName("fan-out-table")
                .leaseTableTags(Map.of("team", "clicks"))
                .bufferingInterval(Duration.ofMillis(200))
                .kcl(configs -> {
                    RetrievalSpecificConfig fanOut = configs.retrieval().retrievalSpecificConfig();
                    stream.quicken(configs);
                    configs.retrieval().retrievalSpecificConfig(fanOut);
                    used.set(configs);
                })
                .build();
        try (worker) {
            worker.start();
            soon().untilAsserted(() -> assertThat(rows.rows()).hasSize(30));
        }
        assertThat(used.get().retrieval().retrievalSpecificConfig()).isInstanceOf(FanOutConfig.class);
        assertThat(used.get().leaseManagement().tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.key() + "=" + tag.value()).isEqualTo("team=clicks"));
        assertThat(clients.dynamoDb().listTables().join().tableNames())
                .contains("fan-out-table")
                .doesNotContain("fan-out-app");
    }

    /** Excluded in the build, and nothing that these tests do misses it: what the Glue schema registry needs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.common.serialization.Deserializer",
                "scala.Option",
                "org.apache.avro.Schema",
                "software.amazon.awssdk.services.glue.GlueClient"
            })
    void weightOfTheSchemaRegistry_isNotThere(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void shortestWorker_deliversEveryRecordOnce() {
        TestStream stream = new TestStream(clients, "clicks", 2).prepare("clicks-to-s3");
        Bucket bucket = new Bucket(clients.s3(), "my-bucket");
        stream.put(100);
        ClickstreamWorker worker = ShortestWorker.start(
                clients.kinesis(), clients.dynamoDb(), clients.cloudWatch(), clients.s3(), stream::quicken);
        try (worker) {
            soon().untilAsserted(() -> assertThat(bucket.allLines("clicks/")).hasSize(100));
            stream.put(100);
            soon().untilAsserted(() ->
                    assertThat(bucket.allLines("clicks/")).containsExactlyInAnyOrderElementsOf(stream.all()));
            assertThat(worker.health().status()).isEqualTo(WorkerHealth.Status.HEALTHY);
            CloseReport report = worker.close(Duration.ofSeconds(30));
            assertThat(report.ending()).isEqualTo(CloseReport.Ending.DELIVERED);
            assertThat(report.counts().ok()).isEqualTo(200);
        }
        assertThat(bucket.keys(""))
                .allMatch(key -> key.matches("clicks/\\d{4}/\\d\\d/\\d\\d/\\d\\d/"
                        + "clicks-1-\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9a-f-]{36}\\.gz"));
    }
}
