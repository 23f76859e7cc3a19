package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.producer.RecordingTransport.HangingTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProducerHealthTest {

    private static ProducerHealth health(Workbench bench) {
        long now = bench.time.nanos();
        return bench.loop.vitals().read(true, bench.outcomes.lastSuccess(), bench.intake.queuedFor(now), now);
    }

    @Test
    void health_ofAnIdleProducer_waitsForNothing() {
        Workbench bench = new Workbench(new RecordingTransport());

        assertThat(health(bench)).isEqualTo(new ProducerHealth(true, null, Duration.ZERO, 0));
        bench.accept("a");
        bench.time.advance(Duration.ofSeconds(3));
        assertThat(health(bench).oldestWaiting()).as("not even taken in").isEqualTo(Duration.ofSeconds(3));
        bench.run(Duration.ZERO);
        assertThat(health(bench))
                .isEqualTo(new ProducerHealth(true, Instant.ofEpochMilli(bench.time.epochMillis()), Duration.ZERO, 0));
    }

    @ParameterizedTest
    @EnumSource
    void health_withoutAnswers_tellsHowLongTheOldestWaits(Order order) {
        HangingTransport transport = new HangingTransport();
        Workbench bench = new Workbench(transport, 1 << 20, 0, Workbench.settings(false, order));
        CompletableFuture<Receipt> first = bench.send("a");
        bench.run(Duration.ofMillis(500));
        bench.accept("b");
        bench.run(Duration.ofMillis(400));
        assertThat(health(bench).oldestWaiting()).isEqualTo(Duration.ofMillis(900));

        transport.open.get(0).complete(List.of(new Transport.Written(new Receipt("shard", "1"))));
        bench.run(Duration.ofSeconds(1));
        assertThat(first).isCompleted();
        assertThat(health(bench).oldestWaiting()).as("the second's").isEqualTo(Duration.ofMillis(1_400));
        assertThat(health(bench).lastSuccess()).isNotNull();
    }
}
