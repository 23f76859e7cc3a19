package dev.clickstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.QuickKcl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The program as a process of its own. */
class DeliveryWorkerIT {
    private static LocalAws aws;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        aws = LocalAws.start();
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    private Process run(String json, Map<String, String> variables) throws IOException {
        return run(
                variables,
                Files.writeString(directory.resolve("worker.json"), json).toString());
    }

    private Process run(Map<String, String> variables, String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        builder.command().addAll(List.of(args));
        builder.environment().putAll(variables);
        return builder.redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private static List<String> lines(String prefix) {
        List<String> lines = new ArrayList<>();
        for (S3Object object : aws.clients()
                .s3()
                .listObjectsV2(l -> l.bucket("lake").prefix(prefix))
                .contents()) {
            if (object.key().endsWith(".gz")) {
                byte[] body = aws.clients()
                        .s3()
                        .getObjectAsBytes(g -> g.bucket("lake").key(object.key()))
                        .asByteArray();
                try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(lines::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return lines;
    }

    @Test
    void worker_delivers_tellsItsHealth_andStopsInOrder() throws Exception {
        var clients = aws.clients();
        clients.s3().createBucket(b -> b.bucket("lake"));
        clients.kinesis()
                .createStream(c -> c.streamName("clicks").shardCount(1))
                .join();
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "worker-app", "clicks");
        giveLeasesTo("worker-1", "worker-app");
        put(0, 50);
        Process worker = run(
                """
                {"application": "worker-app", "stream": "clicks", "bucket": "lake", "transform": "PASS_THROUGH",
                 "format": "JSON_LINES_WITH_ORIGIN", "prefix": "rows/dt=!{timestamp:yyyy-MM-dd}/", "error_output_prefix": "errors/",
                 "buffering_interval_seconds": 1, "health_port": 0, "worker_id": "worker-1", "region": "us-east-1",
                 "kinesis_endpoint": "%s", "dynamodb_endpoint": "%s", "s3_endpoint": "%s"}
                """
                        .formatted(aws.kinesisEndpoint(), aws.dynamoDbEndpoint(), aws.s3Endpoint()),
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> lines("rows/dt=").size() == 50);
            HttpResponse<String> health = get("/ready");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"status\":\"HEALTHY\"");

            put(50, 60);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> lines("rows/dt=").size() == 60);
            worker.destroy(); // SIGTERM
            assertThat(worker.waitFor(40, TimeUnit.SECONDS)).isTrue();

            assertThat(worker.exitValue())
                    .as(Files.readString(directory.resolve("err")))
                    .isZero();
            assertThat(Files.readString(directory.resolve("out"))).contains("DELIVERED");
            assertThat(lines("rows/dt="))
                    .extracting(line -> line.replaceFirst(",\"kinesis_.*", "}"))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60)
                            .mapToObj(DeliveryWorkerIT::row)
                            .toList());
            assertThat(audit("rows/dt=!{timestamp:yyyy-MM-dd}/")).isZero();
            assertThat(audit("rows/dt=!{timestamp:yyyy}/")).isEqualTo(1);
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    /** With KCL's own settings a new worker waits a minute until it takes its first leases; an old one has them. */
    private static void giveLeasesTo(String worker, String table) {
        var dynamoDb = aws.clients().dynamoDb();
        dynamoDb.scan(s -> s.tableName(table)).join().items().stream()
                .filter(row -> row.containsKey("checkpoint"))
                .forEach(row -> dynamoDb.updateItem(u -> u.tableName(table)
                                .key(Map.of("leaseKey", row.get("leaseKey")))
                                .updateExpression("SET leaseOwner = :w")
                                .expressionAttributeValues(Map.of(":w", AttributeValue.fromS(worker))))
                        .join());
    }

    private static String row(int i) {
        return "{\"row\":" + i + "}";
    }

    private int audit(String prefix) throws Exception {
        Process audit = run(
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"),
                "audit",
                "s3://lake/rows/",
                "--prefix",
                prefix,
                "--stream",
                "clicks",
                "--region",
                "us-east-1",
                "--s3-endpoint",
                aws.s3Endpoint().toString(),
                "--kinesis-endpoint",
                aws.kinesisEndpoint().toString());
        assertThat(audit.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(directory.resolve("out")))
                .contains(" 60 rows, 0 failures, 60 records of the stream");
        return audit.exitValue();
    }

    private static void put(int from, int to) {
        put("clicks", from, to);
    }

    private static void put(String stream, int from, int to) {
        for (int i = from; i < to; i++) {
            String row = row(i);
            aws.clients()
                    .kinesis()
                    .putRecord(p -> p.streamName(stream).partitionKey(row).data(SdkBytes.fromUtf8String(row)))
                    .join();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        Matcher address =
                Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(Files.readString(directory.resolve("out")));
        assertThat(address.find()).isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address.group() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** What is not delivered in time is the next worker's; a process that waits for it must not be killed for that. */
    @Test
    void stopThatTakesTooLong_isExitCode3_andBadHealthIsTold() throws Exception {
        var clients = aws.clients();
        clients.kinesis().createStream(c -> c.streamName("stuck").shardCount(1)).join();
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), "stuck-leases", "stuck");
        giveLeasesTo("worker-2", "stuck-leases");
        put("stuck", 0, 1);
        Process worker = run(
                """
                {"application": "stuck-app", "stream": "stuck", "bucket": "lake", "transform": "PASS_THROUGH",
                 "lease_table_name": "stuck-leases", "buffering_interval_seconds": 0, "health_port": 0,
                 "worker_id": "worker-2", "region": "us-east-1", "stop_timeout_seconds": 1,
                 "kinesis_endpoint": "%s", "dynamodb_endpoint": "%s", "s3_endpoint": "http://127.0.0.1:9"}
                """
                        .formatted(aws.kinesisEndpoint(), aws.dynamoDbEndpoint()),
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(503));
            assertThat(get("/ready").body()).contains("\"status\":\"DEGRADED\"", "shardId-000000000000: rows failed ");
            assertThat(get("/health").statusCode()).isEqualTo(200);

            worker.destroy(); // SIGTERM
            assertThat(worker.waitFor(40, TimeUnit.SECONDS)).isTrue();

            assertThat(worker.exitValue()).isEqualTo(3);
            assertThat(Files.readString(directory.resolve("out"))).contains("TIMED_OUT");
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    @Test
    void missingRegion_isToldInOneLine() throws Exception {
        Process worker = run(
                "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\", \"transform\": \"PASS_THROUGH\"}",
                Map.of("AWS_CONFIG_FILE", directory.resolve("none").toString(), "AWS_EC2_METADATA_DISABLED", "true"));

        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err")).lines())
                .last()
                .isEqualTo("delivery-worker: region: it is not set, and the AWS SDK finds none");
    }

    @Test
    void wrongFile_isToldInOneLine_withExitCode2() throws Exception {
        Process worker = run("{\"application\": \"a\"}", Map.of());

        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err")).lines())
                .singleElement()
                .asString()
                .endsWith("worker.json, stream: it is required");
    }

    @Test
    void wrongArguments_areTold_withExitCode2() throws Exception {
        Process redrive = run(Map.of(), "redrive");
        assertThat(redrive.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(redrive.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err")))
                .startsWith("delivery-worker: a configuration file and a source are wanted: ");

        Process none = run(Map.of());
        assertThat(none.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(none.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err")))
                .startsWith("delivery-worker: one configuration file is wanted; or:")
                .contains("delivery-worker redrive CONFIGURATION.json SOURCE [ERROR_CODE...]");
    }
}
