package dev.clickstream.storefront;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.storefront.dashboard.Pipeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be switched on from the page, one after the other, while visitors walk through the shop. */
class ServeFaultsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration EXACT_WITHIN = Duration.ofSeconds(60);
    private static final ServeOptions OPTIONS = new ServeOptions(OptionalInt.of(0), OptionalInt.of(0), 100, true, null);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI dashboard;
    private Pipeline pipeline;

    @Test
    void countsStayExact_afterEachFault() throws IOException {
        try (Serve serve = Serve.start(OPTIONS, folder.toRealPath())) {
            dashboard = serve.dashboard();
            pipeline = serve.pipeline();
            awaitDelivered(30);

            during("throttle", () -> awaitExpected(40));
            set("split", true);
            await().atMost(20, SECONDS).until(() -> pipeline.shards().size() == 4);
            exactAfterTraffic();
            assertThat(pipeline.shards()).filteredOn(Pipeline.ShardView::open).hasSize(3);

            during("s3_down", () -> await().atMost(30, SECONDS)
                    .untilAsserted(() -> assertThat(pipeline.workerHealth()).anyMatch(r -> r.contains("S3Sink"))));
            exactAfterTraffic();

            during("freeze_worker", () -> awaitDelivered(40));
            exactAfterTraffic();

            during("stop_worker", () -> {
                await().atMost(20, SECONDS).until(() -> pipeline.workerHealth().contains("no worker runs"));
                awaitExpected(30);
            });
            set("broken_record", true);
            exactAfterTraffic();
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(pipeline.workerResults()).containsEntry("failed", 1L));
            assertThat(pipeline.reasons()).containsEntry("CloudFront.too_few_columns", 1L);
            assertThat(pipeline.expectedEvents())
                    .containsKeys("page_view", "view_item", "add_to_cart", "begin_checkout", "purchase", "search");
        }
    }

    /** As the page does it. */
    private void set(String name, boolean on) {
        send(request("api/switches/" + name)
                .header("Origin", "http://" + dashboard.getAuthority())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"on\": " + on + "}")));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(dashboard.resolve(path));
    }

    private String send(HttpRequest.Builder request) {
        HttpResponse<String> response = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private void during(String fault, Runnable traffic) {
        set(fault, true);
        traffic.run();
        set(fault, false);
    }

    /** Some more visits; then they stop, and the lake must hold exactly what was sent. */
    private void exactAfterTraffic() {
        awaitExpected(20);
        set("visitors", false);
        Lakes.awaitExact(pipeline, EXACT_WITHIN);
        // And the page says so too.
        await().atMost(20, SECONDS)
                .until(() -> JSON.readTree(send(request("api/state").GET()))
                        .path("check")
                        .path("verdict")
                        .asText()
                        .equals("EXACT"));
        set("visitors", true);
    }

    private void awaitExpected(long more) {
        long before = expected();
        await().atMost(40, SECONDS).until(() -> expected() >= before + more);
    }

    private void awaitDelivered(long more) {
        long before = delivered();
        await().atMost(60, SECONDS).until(() -> delivered() >= before + more);
    }

    private long expected() {
        return pipeline.expectedEvents().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long delivered() {
        return pipeline.workerResults().getOrDefault("ok", 0L);
    }
}
