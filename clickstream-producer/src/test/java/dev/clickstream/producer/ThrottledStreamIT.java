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
import org.junit.jupiter.api.Test;

/** Over real sockets, against shards that take 1,000 records a second and no more. */
class ThrottledStreamIT {

    private static final int VISITORS = 400;
    private static final int EVENTS = 8_000;

    @Test
    void events_whenThrottledAndTheStreamIsSplit_allArriveInOrderPerVisitor() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<CompletableFuture<Receipt>> futures = new ArrayList<>();
        DeliveryReport report;
        try (LocalStream stream = new LocalStream(2, ThroughputLimits.ENFORCED)) {
            ClickstreamProducer producer = ClickstreamProducer.builder(stream.client(), LocalStream.NAME)
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
            check(stream.events(), futures);
        }
    }

    private static ClickEvent event(int i) {
        return ClickEvent.builder("page_view")
                .eventId("event-" + i)
                .userPseudoId("visitor-" + i % VISITORS)
                .build();
    }

    private static void check(List<ClickEvent> events, List<CompletableFuture<Receipt>> futures) {
        assertThat(events).hasSize(EVENTS);
        assertThat(events.stream().map(ClickEvent::eventId).distinct()).hasSize(EVENTS);
        assertThat(futures.stream().map(f -> f.join().sequenceNumber()).distinct())
                .hasSize(EVENTS);
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
