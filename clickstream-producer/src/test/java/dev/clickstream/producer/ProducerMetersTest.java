package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.producer.RecordingTransport.ThrottlingTransport;
import dev.clickstream.producer.SendFailedException.Reason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProducerMetersTest {

    @Test
    void buffer_ofAProducerThatEnded_makesRoomForTheNext() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        for (int size : new int[] {10, 20}) {
            ProducerMeters meters = new ProducerMeters(registry, "test");
            MemoryBudget memory = new MemoryBudget(size);
            meters.buffer(memory);
            memory.reserve(size, Overflow.FAIL, 0);
            assertThat(registry.get("clickstream.producer.buffer.bytes").gauge().value())
                    .isEqualTo(size);
            meters.end();
        }
        assertThat(registry.find("clickstream.producer.buffer.bytes").gauge()).isNull();
    }

    @Test
    void buffer_ofOneThatLives_staysWhenAnotherToTheStreamEnds() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ProducerMeters first = new ProducerMeters(registry, "test");
        MemoryBudget memory = new MemoryBudget(10);
        first.buffer(memory);
        ProducerMeters second = new ProducerMeters(registry, "test");
        second.buffer(new MemoryBudget(10));
        memory.reserve(7, Overflow.FAIL, 0);
        second.end();

        assertThat(registry.get("clickstream.producer.buffer.bytes").gauge().value())
                .isEqualTo(7);
    }

    /** Dashboards go by these names. */
    @Test
    void meters_haveTheNamesAndTagsThatUsersExpect() {
        Workbench bench = new Workbench(new ThrottlingTransport("a", 1));
        bench.accept("a");
        bench.run(Duration.ofSeconds(3));
        bench.outcomes.refused(new SendFailedException(Reason.BUFFER_FULL, "full"));

        assertThat(bench.meters.getMeters().stream().map(Meter::getId))
                .extracting(id -> id.getName() + " "
                        + id.getTags().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .toList())
                .containsExactlyInAnyOrder(
                        "clickstream.producer.events [reason=none, result=delivered, stream=test]",
                        "clickstream.producer.events [reason=buffer_full, result=refused, stream=test]",
                        "clickstream.producer.buffer.bytes [stream=test]",
                        "clickstream.producer.request [result=answered, stream=test]",
                        "clickstream.producer.request.records [stream=test]",
                        "clickstream.producer.retries [error=ProvisionedThroughputExceededException, stream=test]",
                        "clickstream.producer.throttled [stream=test]",
                        "clickstream.producer.wrong.shard [stream=test]",
                        "clickstream.producer.queue.time [stream=test]");
        assertThat(bench.meters
                        .timer("clickstream.producer.request", "stream", "test", "result", "answered")
                        .count())
                .isEqualTo(2);
        assertThat(bench.meters
                        .counter("clickstream.producer.throttled", "stream", "test")
                        .count())
                .isEqualTo(1);
    }
}
