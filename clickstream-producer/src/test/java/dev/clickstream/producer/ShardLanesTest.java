package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShardLanesTest {

    private final ManualTime time = new ManualTime();
    private final ProducerSettings settings = Workbench.settings(true);
    private final ShardLanes lanes = new ShardLanes(settings, RecordingTransport.LIMITS, time.nanos());

    @Test
    void takeRequest_leavesALaneWhoseTimeIsOver_evenBeforeItIsFound() {
        lanes.use(
                Objects.requireNonNull(ShardMap.of(
                        List.of(ShardMapTest.shard("a", "0", "340282366920938463463374607431768211455", true)))),
                time.nanos());
        Intake intake = new Intake(time, new FlushBarriers(), settings);
        intake.accept(new EncodedEvent("key", HashKey.of("key"), null, new byte[10], 20));
        intake.drainTo(lanes::add);

        time.advance(Workbench.DELIVERY_TIMEOUT.minusMillis(1));
        assertThat(lanes.takeExpired(time.nanos())).isEmpty();
        time.advance(Duration.ofMillis(2));
        assertThat(lanes.takeExpired(time.nanos()))
                .as("not looked for again so soon")
                .isEmpty();

        assertThat(lanes.takeRequest(time.nanos(), true)).isEmpty();
        time.advance(Duration.ofNanos(lanes.untilChange(time.nanos(), Long.MAX_VALUE)));
        assertThat(lanes.takeExpired(time.nanos())).hasSize(1);
    }
}
