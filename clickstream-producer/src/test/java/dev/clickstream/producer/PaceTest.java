package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final int MIB = 1 << 20;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private long now = Long.MAX_VALUE - SECOND;
    private final Pace pace = new Pace(MIB, now);

    @Test
    void bucket_holdsOneSecondAndFillsInOne() {
        assertThat(pace.room(now)).isEqualTo(MIB);
        pace.sent(MIB, now);
        assertThat(pace.room(now)).isZero();
        assertThat(pace.untilRoomFor(MIB / 2, now)).isBetween(SECOND / 2, SECOND / 2 + 2);

        now += SECOND / 2;
        assertThat(pace.untilRoomFor(MIB / 2, now)).isLessThanOrEqualTo(1);
        now += 5 * SECOND;
        assertThat(pace.room(now)).isEqualTo(MIB);
    }

    @Test
    void records_areLimitedToo() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(pace.untilRoomFor(10, now)).isZero();
            pace.sent(10, now);
        }
        assertThat(pace.untilRoomFor(10, now)).isBetween(SECOND / 1_000, SECOND / 1_000 + 2);
    }

    @Test
    void recordOfMoreThanASecondsWorth_goesFromAFullBucketAndIsPaidAfterwards() {
        pace.throttled(now);
        assertThat(pace.untilRoomFor(MIB, now)).isZero();
        pace.sent(MIB, now);
        assertThat(pace.untilRoomFor(1, now)).isBetween(SECOND, SECOND + SECOND / 1_000);
    }

    @Test
    void throttling_halvesTheShareOnceASecond_andSuccessBringsItBackStepByStep() {
        for (int i = 0; i < 20; i++) {
            pace.throttled(now);
            pace.throttled(now + SECOND / 2);
            now += SECOND;
        }
        assertThat(pace.share()).isEqualTo(1.0 / 64);
        assertThat(pace.room(now)).isEqualTo(MIB / 64);

        pace.delivered(now - SECOND / 2 + 1);
        assertThat(pace.share()).as("too early").isEqualTo(1.0 / 64);
        int steps = 0;
        while (pace.share() < 1) {
            now += SECOND / 4;
            pace.delivered(now);
            pace.delivered(now);
            steps++;
        }
        assertThat(steps).isEqualTo(16);
    }
}
