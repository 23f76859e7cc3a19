package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.capacity.Capacity;
import dev.clickstream.capacity.Load;
import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Item;
import dev.clickstream.local.aws.LocalClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** The code that PRODUCER.md shows. */
class ProducerGuideTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private static ClickEvent purchase() {
        ClickEvent purchase = ClickEvent.builder("purchase")
                .userPseudoId("visitor-1")
                .userId("customer-7")
                .pageLocation("https://shop.example/checkout")
                .item(new Item("34026", "Kettle", "Acme", "Kitchen", new BigDecimal("49.90"), "EUR", 1))
                .property("coupon", "SPRING")
                .build();
        return purchase;
    }

    @Test
    void settings_areTaken() {
        try (LocalClients clients = LocalClients.of(NOWHERE, NOWHERE, NOWHERE)) {
            KinesisAsyncClient kinesis = clients.kinesis();
            MeterRegistry meters = new SimpleMeterRegistry();
            ClickstreamProducer producer = ClickstreamProducer.builder(kinesis, "clicks")
                    .partitionKey(PartitionKeys.BY_SESSION)
                    .linger(Duration.ofMillis(50))
                    .bufferMaxBytes(128L << 20)
                    .onBufferFull(Overflow.DROP_NEWEST)
                    .deliveryTimeout(Duration.ofMinutes(5))
                    .meterRegistry(meters)
                    .build();

            assertThat(stop(producer)).isEqualTo(new DeliveryReport(0, 0, 0, 0, 0));
        }
    }

    private static DeliveryReport stop(ClickstreamProducer producer) {
        DeliveryReport report = producer.close(Duration.ofSeconds(20));
        if (report.inDoubt() + report.failed() + report.abandoned() > 0) {
            System.err.println("not all clicks were delivered: " + report);
        }
        return report;
    }

    @Test
    void results_tellWhatBecameOfAnEvent() {
        RecordingProducer producer = new RecordingProducer();
        List<ClickEvent> kept = new ArrayList<>();
        producer.failNext(SendFailedException.Reason.TIMEOUT, 1);

        assertThat(keepWhatFails(producer, purchase(), kept)).isCompletedExceptionally();
        assertThat(keepWhatFails(producer, purchase(), kept)).isCompleted();

        assertThat(kept).hasSize(1);
        assertThat(producer.events()).hasSize(1);
    }

    private static CompletableFuture<Receipt> keepWhatFails(
            ClickstreamProducer producer, ClickEvent event, List<ClickEvent> kept) {
        CompletableFuture<Receipt> sent = producer.send(event).whenComplete((receipt, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof SendFailedException failed && failed.reason() != SendFailedException.Reason.IN_DOUBT) {
                kept.add(event); // certainly not in the stream
            }
        });
        return sent;
    }

    @Test
    void aCallerThatMustNotWait_keepsTheEvent() {
        RecordingProducer producer = new RecordingProducer();
        List<ClickEvent> kept = new ArrayList<>();
        producer.failNext(SendFailedException.Reason.BUFFER_FULL, 1);

        keepWhatHasNoRoom(producer, purchase(), kept);
        keepWhatHasNoRoom(producer, purchase(), kept);

        assertThat(kept).hasSize(1);
        assertThat(producer.events()).hasSize(1);
    }

    private static void keepWhatHasNoRoom(ClickstreamProducer producer, ClickEvent event, List<ClickEvent> kept) {
        Optional<CompletableFuture<Receipt>> sent = producer.trySend(event);
        if (sent.isEmpty()) {
            kept.add(event); // no room now
        }
    }

    @Test
    void health_isAsked() {
        assertThat(isWell(new RecordingProducer())).isTrue();
    }

    private static boolean isWell(ClickstreamProducer producer) {
        ProducerHealth health = producer.health();
        boolean isWell = health.accepting() && health.oldestWaiting().compareTo(Duration.ofSeconds(30)) < 0;
        return isWell;
    }

    @Test
    void keys_canBeAFunction() {
        PartitionKey byTenant = event -> event.properties().getOrDefault("tenant", "none") + "/" + event.userPseudoId();

        assertThat(byTenant.of(purchase())).isEqualTo("none/visitor-1");
    }

    @Test
    void firehose_isAnotherTransport() {
        try (FirehoseAsyncClient firehose = FirehoseAsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(NOWHERE)
                .build()) {
            ClickstreamProducer producer = ClickstreamProducer.builder(firehose, "clicks-to-s3")
                    .maxBatchBytes(4 << 20)
                    .bufferMaxBytes(128L << 20)
                    .build();

            assertThat(stop(producer).delivered()).isZero();
        }
    }

    @Test
    void aRequest_becomesAnEvent() {
        Map<String, @Nullable String> request = Map.of(
                "Cookie", "cs_consent=granted", "User-Agent", "Mozilla/5.0", "Referer", "https://search.example/");
        Map<String, String> response = new HashMap<>();
        RecordingProducer producer = new RecordingProducer();

        HttpClick click = HttpClick.of("GET", "https://shop.example/product/34026", request::get);
        click.setCookie().ifPresent(cookie -> response.put("Set-Cookie", cookie));
        CompletableFuture<Receipt> sent = producer.send(
                click.event("view_item").item(Item.of("34026", "Kettle")).build());

        assertThat(sent).isCompleted();
        assertThat(response.get("Set-Cookie")).startsWith("cs_visitor=");
        assertThat(producer.events()).extracting(ClickEvent::deviceUserAgent).containsExactly("Mozilla/5.0");
    }

    @Test
    void shards_areCalculated() {
        Load clicks = new Load(5_000, 400).packed(50_000, 10);
        int shards = Capacity.shards(clicks, 1);

        assertThat(shards).isEqualTo(2);
        assertThat(Capacity.hottestShard(clicks, shards, 0.3)).isLessThan(1.5);
    }

    @Test
    void everyMeter_isExplained_andNoOther() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/clickstream/producer"))) {
            for (Path file : files.toList()) {
                sources.append(Files.readString(file));
            }
        }
        Set<String> registered = found("\"(clickstream\\.[a-z.]+)\"", sources.toString());

        assertThat(registered).hasSizeGreaterThan(6);
        assertThat(found("(?m)^\\| `(clickstream\\.[a-z.]+)` \\|", guide())).isEqualTo(registered);
    }

    @Test
    void everyReason_isExplained_andNoOther() throws IOException {
        Set<String> reasons = Stream.of(SendFailedException.Reason.values())
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));

        String section = guide().split("## What became of an event", 2)[1].split("## ", 2)[0];
        assertThat(found("(?m)^\\| `([A-Z_]+)` \\|", section)).isEqualTo(reasons);
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("PRODUCER.md"));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
