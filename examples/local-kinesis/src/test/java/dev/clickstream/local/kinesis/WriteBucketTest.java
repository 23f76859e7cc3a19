package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteBucketTest {

    private final KinesisClock clock = new KinesisClock(() -> 0, () -> 0);
    private final WriteBucket bucket = new WriteBucket(ThroughputLimits.ENFORCED, clock);

    @Test
    void bucket_beginsFull_andRefillsSteadily() {
        assertThat(bucket.tryTake(1_048_576)).isTrue();
        assertThat(bucket.tryTake(1)).isFalse();
        clock.advance(Duration.ofMillis(500));
        assertThat(bucket.tryTake(524_289)).isFalse();
        assertThat(bucket.tryTake(524_288)).isTrue();
    }

    @Test
    void bucket_neverHoldsMoreThanASecond() {
        clock.advance(Duration.ofHours(1));
        assertThat(taken(1)).isEqualTo(1_000);
    }

    @Test
    void refusedRecord_costsNothing() {
        assertThat(bucket.tryTake(1_000_000)).isTrue();
        for (int i = 0; i < 2_000; i++) {
            assertThat(bucket.tryTake(100_000)).isFalse();
        }
        assertThat(taken(1)).isEqualTo(999);
    }

    private int taken(int size) {
        int taken = 0;
        while (bucket.tryTake(size)) {
            taken++;
        }
        return taken;
    }

    @Test
    void bucket_thatIsOff_takesEverything() {
        WriteBucket off = new WriteBucket(ThroughputLimits.OFF, clock);
        for (int i = 0; i < 2_000; i++) {
            assertThat(off.tryTake(1_048_576)).isTrue();
        }
    }
}
