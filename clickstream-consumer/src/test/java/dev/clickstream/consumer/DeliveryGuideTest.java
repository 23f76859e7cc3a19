package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.ClickReader;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.consumer.catalog.ClickTable;
import dev.clickstream.consumer.catalog.SqlDialect;
import dev.clickstream.consumer.s3.Compression;
import dev.clickstream.consumer.s3.EventTime;
import dev.clickstream.consumer.s3.RowFormat;
import dev.clickstream.consumer.s3.S3Sink;
import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Privacy;
import dev.clickstream.local.aws.LocalClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.kinesis.metrics.NullMetricsFactory;

/** The code that DELIVERY.md shows. */
class DeliveryGuideTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final LocalClients clients = LocalClients.of(NOWHERE, NOWHERE, NOWHERE);
    private static final S3Client s3 = clients.s3();
    private static final byte[] SECRET = "a secret of the shop's own".getBytes(StandardCharsets.UTF_8);

    @AfterAll
    static void close() {
        clients.close();
    }

    private static StreamRecord record(String data) {
        return new StreamRecord(
                "shard", "1", 0, "key", Instant.parse("2026-01-31T10:00:00Z"), data.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> rows(Transform transform, String data) {
        List<String> rows = new ArrayList<>();
        for (Outcome outcome : transform.apply(record(data))) {
            if (outcome instanceof Outcome.Ok ok) {
                rows.add(new String(ok.data(), StandardCharsets.UTF_8));
            }
        }
        return rows;
    }

    @Test
    void worker_takesAllSettings() {
        ClickstreamWorker worker = ClickstreamWorker.builder("clicks-to-s3", "clicks")
                .kinesis(clients.kinesis())
                .dynamoDb(clients.dynamoDb())
                .cloudWatch(clients.cloudWatch())
                .transform(clicks())
                .sink(lake())
                .bufferingInterval(Duration.ofSeconds(60))
                .bufferingSize(16L << 20)
                .retrieval(RetrievalMode.POLLING)
                .initialPosition(InitialPosition.trimHorizon())
                .meterRegistry(new SimpleMeterRegistry())
                .kcl(kcl -> kcl.metrics().metricsFactory(new NullMetricsFactory()))
                .build();

        assertThat(worker.health().status()).isEqualTo(WorkerHealth.Status.NEW);
        assertThat(worker.close(Duration.ofSeconds(30)).ending()).isEqualTo(CloseReport.Ending.NEVER_STARTED);
    }

    private static S3Sink lake() {
        S3Sink lake = S3Sink.builder(s3, "my-bucket")
                .prefix("clicks/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/")
                .format(RowFormat.JSON_LINES_WITH_ORIGIN)
                .compressionFormat(Compression.GZIP)
                .eventTime(EventTime.ofField("event_timestamp")
                        .lateToPrefix(Duration.ofDays(1), "late/!{timestamp:yyyy/MM/dd/HH}/"))
                .build();
        return lake;
    }

    private static boolean isLive(StreamRecord record) {
        return !"staging.shop.example".equals(ClickEvent.fromJson(record.data()).requestHost());
    }

    private static Transform clicks() {
        RealTimeLogFormat format = RealTimeLogFormat.of(List.of(
                "timestamp",
                "c-ip",
                "sc-status",
                "cs-method",
                "cs-host",
                "cs-uri-stem",
                "x-edge-request-id",
                "cs-user-agent"));
        String salt = "a secret";
        Transform clicks = new CloudFrontClicks(format, ClickRules.queryParameters(), ClickReader.BotPolicy.DROP, salt)
                .then(Transform.filter("staging", DeliveryGuideTest::isLive))
                .then(new EventPrivacy(Privacy.builder()
                        .hash(SECRET, "user_pseudo_id", "user_id")
                        .dropQueryParameters("email", "token")
                        .drop("device_user_agent")
                        .build()));
        return clicks;
    }

    @Test
    void transforms_areChained() {
        String line =
                "1769904000.123\t192.0.2.1\t200\tGET\tshop.example\t/?action=buy&product_id=7&email=a\tid-1\tMozilla/5.0";

        assertThat(rows(clicks(), line)).singleElement().satisfies(row -> {
            ClickEvent event = ClickEvent.fromJson(row.getBytes(StandardCharsets.UTF_8));
            assertThat(event.eventName()).isEqualTo("begin_checkout");
            assertThat(event.userPseudoId()).hasSize(32);
            assertThat(event.deviceUserAgent()).isNull();
            assertThat(row).doesNotContain("email");
        });
        assertThat(rows(clicks(), line.replace("shop.example", "staging.shop.example")))
                .isEmpty();
    }

    private static Transform byCountry() {
        Transform byCountry = record -> {
            ClickEvent event = ClickEvent.fromJson(record.data());
            String country = event.geoCountry() == null ? "none" : event.geoCountry();
            return List.of(new Outcome.Ok(record.data(), Map.of("country", country)));
        };
        return byCountry;
    }

    @Test
    void transformOfOnesOwn_givesPartitionKeys() {
        String event = new String(
                ClickEvent.builder("search")
                        .userId("u")
                        .geoCountry("DE")
                        .build()
                        .toJson(),
                StandardCharsets.UTF_8);

        assertThat(byCountry().apply(record(event)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Ok.class, ok -> assertThat(ok.partitionKeys()).containsEntry("country", "DE"));
        S3Sink lake = S3Sink.builder(s3, "my-bucket")
                .prefix("clicks/country=!{partitionKeyFromLambda:country}/!{timestamp:yyyy/MM/dd/HH}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .build();
        assertThat(lake.name()).isNotEmpty();
    }

    /** Keeps rows by batch: what comes again replaces itself, and what is not whole replaces nothing. */
    private static final class RowsByBatch implements Sink {
        private final Map<BatchId, List<String>> table = new ConcurrentHashMap<>();

        @Override
        public void deliver(Batch batch) {
            List<String> rows = batch.rows().stream()
                    .map(row -> new String(row.data(), StandardCharsets.UTF_8))
                    .toList();
            if (batch.content() == Batch.Content.WHOLE) {
                table.put(batch.id(), rows);
            } else {
                table.putIfAbsent(batch.id(), rows);
            }
        }

        List<String> all() {
            return table.values().stream().flatMap(List::stream).toList();
        }
    }

    @Test
    void sinkOfOnesOwn_keepsTheContract() throws Exception {
        RowsByBatch sink = new RowsByBatch();

        SinkContract.verify(sink, sink::all);

        assertThat(sink.all()).isNotEmpty();
    }

    @Test
    void failuresAndBackup_areSettings() {
        WorkerBuilder worker = ClickstreamWorker.builder("clicks-to-s3", "clicks")
                .kinesis(clients.kinesis())
                .dynamoDb(clients.dynamoDb())
                .cloudWatch(clients.cloudWatch())
                .sink(lake());
        S3Sink raw = S3Sink.builder(s3, "my-bucket").prefix("raw/").build();
        S3Sink deadLetters =
                S3Sink.builder(s3, "another-bucket").prefix("dead-letters/").build();
        worker.lateCopies(LateCopies.DROP)
                .transformConcurrency(4)
                .sourceBackup(raw)
                .failurePolicy(FailurePolicy.deadLetter(Duration.ofHours(1), deadLetters));

        assertThat(worker.build().health().status()).isEqualTo(WorkerHealth.Status.NEW);
    }

    @Test
    void catalog_isText() {
        ClickTable table = ClickTable.of(
                "clicks",
                "my-bucket",
                "clicks/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/",
                LocalDate.of(2026, 1, 31));
        String ddl = table.athenaDdl();
        Map<String, String> views = table.views(SqlDialect.ATHENA);

        assertThat(ddl).contains("'projection.enabled'='true'");
        assertThat(views).containsKeys("clicks_events", "clicks_sessions", "clicks_product_hours", "clicks_funnel");
    }
}
