package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KinesisClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong systemMillis = new AtomicLong(1_000);
    private final AtomicLong systemNanos = new AtomicLong(5);
    private final KinesisClock clock = new KinesisClock(systemMillis::get, systemNanos::get);

    @Test
    void clock_followsTheSystem_untilItIsSet() {
        systemMillis.set(2_000);
        assertThat(clock.now()).isEqualTo(Instant.ofEpochMilli(2_000));
        clock.set(NOON);
        systemMillis.set(3_000);
        assertThat(clock.now()).isEqualTo(NOON);
        assertThat(clock.millis()).isEqualTo(NOON.toEpochMilli());
        clock.followSystem();
        assertThat(clock.millis()).isEqualTo(3_000);
    }

    @Test
    void setting_movesTheDateOnly_advancingElapsedTimeToo() {
        clock.set(NOON);
        assertThat(clock.elapsedNanos()).isEqualTo(5);
        clock.advance(Duration.ofSeconds(2));
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(2));
        assertThat(clock.elapsedNanos()).isEqualTo(2_000_000_005L);
        systemNanos.set(6);
        clock.followSystem();
        assertThat(clock.elapsedNanos()).isEqualTo(2_000_000_006L);
    }

    @Test
    void advancing_aFollowingClock_letsItStand() {
        clock.advance(Duration.ofSeconds(1));
        systemMillis.set(9_000);
        assertThat(clock.now()).isEqualTo(Instant.ofEpochMilli(2_000));
        assertThat(clock).hasToString("KinesisClock[1970-01-01T00:00:02Z, standing]");
    }

    @Test
    void advancing_backwards_isRefused() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time cannot be advanced by PT-1S; set an earlier date instead");
    }
}
