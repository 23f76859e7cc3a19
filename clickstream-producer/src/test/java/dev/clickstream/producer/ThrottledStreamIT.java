package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.kinesis.ThroughputLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, against shards that take 1,000 records a second and no more. */
class ThrottledStreamIT {

    private static final int VISITORS = 400;
    private static final int EVENTS = 8_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void events_whenThrottledAndTheStreamIsSplit_allArriveInOrderPerVisitor(boolean aggregation) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<CompletableFuture<Receipt>> futures = new ArrayList<>();
        DeliveryReport report;
        try (LocalStream stream = new LocalStream(2, ThroughputLimits.ENFORCED)) {
            ClickstreamProducer producer = ClickstreamProducer.builder(stream.client(), LocalStream.NAME)
                    .aggregation(aggregation)
                    .linger(Duration.ofMillis(10))
                    .meterRegistry(meters)
                    .build();
            for (int i = 0; i < EVENTS; i++) {
                if (i == EVENTS / 2) {
                    stream.split(stream.shards().get(0));
                }
                futures.add(producer.send(event(i)));
            }
            report = producer.close(Duration.ofSeconds(30));

            assertThat(report).isEqualTo(new DeliveryReport(EVENTS, 0, 0, 0, 0));
            assertThat(futures).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
            assertThat(meters.counter("clickstream.producer.throttled", "stream", LocalStream.NAME)
                            .count())
                    .as("throttled entries")
                    .isPositive();
            assertThat(stream.shards()).hasSize(4);
            check(stream.events());
        }
    }

    /** Large enough for the shards to be too slow for them, as records or as bytes. */
    private static ClickEvent event(int i) {
        return ClickEvent.builder("page_view")
                .property("filler", "x".repeat(500))
                .eventId("event-" + i)
                .userPseudoId("visitor-" + i % VISITORS)
                .build();
    }

    private static void check(List<ClickEvent> events) {
        assertThat(events).hasSize(EVENTS);
        assertThat(events.stream().map(ClickEvent::eventId).distinct()).hasSize(EVENTS);
        Map<String, Integer> next = new HashMap<>();
        Map<String, Long> lastSequence = new HashMap<>();
        for (ClickEvent event : events) {
            String visitor = event.userPseudoId();
            int number = Integer.parseInt(event.eventId().substring("event-".length()));
            int expected = next.getOrDefault(visitor, Integer.parseInt(visitor.substring("visitor-".length())));
            assertThat(number).as(visitor).isEqualTo(expected);
            next.put(visitor, number + VISITORS);
            assertThat(event.producerSequence()).isGreaterThan(lastSequence.getOrDefault(visitor, 0L));
            lastSequence.put(visitor, event.producerSequence());
        }
    }
}
