package dev.clickstream.storefront.edge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.kinesis.Fault;
import dev.clickstream.local.kinesis.LocalKinesis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class EdgeIT {

    private static final String STREAM = "log";
    private static final List<String> FIELDS = List.of("sc-status", "cs-method", "cs-uri-stem", "x-edge-request-id");

    private final LocalKinesis stream = LocalKinesis.builder().stream(STREAM, 2).start();
    // Only Kinesis is there to answer.
    private final LocalClients clients = LocalClients.of(stream.endpoint(), stream.endpoint(), stream.endpoint());
    private final KinesisAsyncClient kinesis = clients.kinesis();
    private final LogDelivery delivery = new LogDelivery(kinesis, STREAM);
    private final List<String> clicks = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        delivery.close();
        clients.close();
        stream.close();
    }

    private Edge edge(int samplingRate) {
        RealTimeLog log = new RealTimeLog(FIELDS, samplingRate, new Random(1), delivery, this::clicked);
        return Edge.start(0, EdgeIT::site, log, InstantSource.system());
    }

    private synchronized void clicked(String click) {
        clicks.add(click);
    }

    private static Origin.Answer site(ViewerRequest request) {
        if (request.path().equals("/broken")) {
            throw new IllegalStateException("broken on purpose");
        }
        byte[] body = ("you asked for " + request.pathAndQuery()).getBytes(StandardCharsets.UTF_8);
        return new Origin.Answer(200, "text/plain", body, List.of(), "page_view");
    }

    private HttpResponse<String> send(URI address, String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void request_isAnsweredByTheSite_andLoggedWithTheChosenFields() throws IOException, InterruptedException {
        try (Edge edge = edge(100)) {
            HttpResponse<String> response = send(edge.address().resolve("/a%20b?q=%7B"), "GET");

            assertThat(response.body()).isEqualTo("you asked for /a%20b?q=%7B");
            assertThat(response.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
            assertThat(records(1)).singleElement().satisfies(record -> {
                String[] columns = record.data().asUtf8String().split("\t", -1);
                assertThat(columns).startsWith("200", "GET", "/a%2520b?q=%257B");
                assertThat(columns[3]).hasSize(57).endsWith("\n");
                assertThat(record.partitionKey()).matches("[0-9a-f-]{36}");
            });
            assertThat(clicks).containsExactly("page_view");
        }
    }

    @Test
    void requestThatFails_isLoggedToo_andNoClick() throws IOException, InterruptedException {
        try (Edge edge = edge(100)) {
            assertThat(send(edge.address().resolve("/broken"), "GET").statusCode())
                    .isEqualTo(500);
            assertThat(send(edge.address(), "DELETE").statusCode()).isEqualTo(405);

            assertThat(records(2))
                    .extracting(r -> r.data().asUtf8String().substring(0, 3))
                    .containsExactlyInAnyOrder("500", "405");
            assertThat(clicks).isEmpty();
        }
    }

    @Test
    void record_whenTheStreamThrottles_goesAgainUntilItIsTaken() throws IOException, InterruptedException {
        stream.faults(1, Fault.throttling().on("PutRecords").share(0.5));
        try (Edge edge = edge(100)) {
            for (int i = 0; i < 60; i++) {
                send(edge.address().resolve("/" + i), "GET");
            }

            List<Record> records = records(60);
            assertThat(stream.faultsMet().get(0)).isGreaterThan(20);
            assertThat(new HashSet<>(records.stream()
                            .map(r -> r.data().asUtf8String().split("\t", -1)[2])
                            .toList()))
                    .hasSize(60);
        }
    }

    @Test
    void samplingRate_logsAPart() throws IOException, InterruptedException {
        try (Edge edge = edge(25)) {
            for (int i = 0; i < 120; i++) {
                send(edge.address().resolve("/" + i), "GET");
            }

            assertThat(clicks).hasSizeBetween(12, 55);
            assertThat(records(clicks.size())).hasSameSizeAs(clicks);
        }
    }

    /** All records, once there are that many. */
    private List<Record> records(int count) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(delivery.taken()).isGreaterThanOrEqualTo(count));
        List<Record> records = new ArrayList<>();
        for (Shard shard : kinesis.listShards(l -> l.streamName(STREAM)).join().shards()) {
            String iterator = kinesis.getShardIterator(s -> s.streamName(STREAM)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .join()
                    .shardIterator();
            records.addAll(
                    kinesis.getRecords(r -> r.shardIterator(iterator)).join().records());
        }
        return records;
    }
}
