package dev.clickstream.storefront;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clickstream.storefront.dashboard.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be switched on from the page, one after the other, while visitors walk through the shop. */
class ServeFaultsIT {

    private static final Duration EXACT_WITHIN = Duration.ofSeconds(60);
    private static final ServeOptions OPTIONS = new ServeOptions(OptionalInt.of(0), OptionalInt.of(0), 100, true, null);

    @TempDir
    Path folder;

    private Pipeline pipeline;

    @Test
    void countsStayExact_afterEachFault() throws IOException {
        try (Serve serve = Serve.start(OPTIONS, folder.toRealPath())) {
            pipeline = serve.pipeline();
            awaitDelivered(30);

            during("throttle", () -> awaitExpected(40));
            pipeline.set("split", true);
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
            pipeline.set("broken_record", true);
            exactAfterTraffic();
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(pipeline.workerResults()).containsEntry("failed", 1L));
            assertThat(pipeline.reasons()).containsEntry("CloudFront.too_few_columns", 1L);
            assertThat(pipeline.expectedEvents())
                    .containsKeys("page_view", "view_item", "add_to_cart", "begin_checkout", "purchase", "search");
        }
    }

    private void during(String fault, Runnable traffic) {
        pipeline.set(fault, true);
        traffic.run();
        pipeline.set(fault, false);
    }

    /** Some more visits; then they stop, and the lake must hold exactly what was sent. */
    private void exactAfterTraffic() {
        awaitExpected(20);
        pipeline.set("visitors", false);
        Lakes.awaitExact(pipeline, EXACT_WITHIN);
        pipeline.set("visitors", true);
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
