package dev.clickstream.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {

    @ParameterizedTest
    @CsvSource({
        // By bytes written, by records written, by bytes read; never none.
        "100, 102400, 1, 10",
        "5000, 500, 1, 5",
        "5001, 500, 1, 6",
        "100, 102400, 5, 25",
        "1, 1, 0, 1",
        "0, 0, 1, 1"
    })
    void shards_areTheConsoles(double records, double bytes, int consumers, int shards) {
        assertThat(Capacity.shards(new Load(records, bytes), consumers)).isEqualTo(shards);
    }

    @Test
    void packed_needsFewerShardsAndUnits() {
        Load clicks = new Load(5_000, 490);
        Load packed = clicks.packed(51_200, 10);
        assertThat(packed.recordsPerSecond()).isCloseTo(49.02, within(0.01));
        assertThat(packed.recordBytes()).isEqualTo(51_000);
        assertThat(Capacity.shards(clicks, 1)).isEqualTo(5);
        assertThat(Capacity.shards(packed, 1)).isEqualTo(3);
        assertThat(Capacity.payloadUnitsPerSecond(clicks)).isEqualTo(5_000);
        assertThat(Capacity.payloadUnitsPerSecond(packed)).isCloseTo(98.04, within(0.01));
        assertThat(Capacity.firehoseBilledBytesPerSecond(clicks)).isEqualTo(5_000 * 5_120);
        assertThat(Capacity.firehoseBilledBytesPerSecond(packed))
                .isLessThan(clicks.bytesPerSecond() * 1.05)
                .isGreaterThan(clicks.bytesPerSecond());
        assertThat(new Load(1, 600).packed(1_000, 10)).isEqualTo(new Load(1, 600));
    }

    @Test
    void hottestShard_isFullWhateverTheNumberOfShards() {
        Load load = new Load(4_000, 100);
        assertThat(Capacity.hottestShard(load, 4, 0)).isEqualTo(1);
        assertThat(Capacity.hottestShard(load, 8, 0.25)).isCloseTo(1.375, within(1e-9));
        assertThat(Capacity.hottestShard(load, 1_000_000, 0.25)).isGreaterThan(1);
    }

    @Test
    void workers_areNeverMoreThanShards() {
        Load load = new Load(1_000, 1_000);
        assertThat(Capacity.workers(load, 4, 400_000)).isEqualTo(3);
        assertThat(Capacity.workers(load, 2, 400_000)).isEqualTo(2);
        assertThat(Capacity.workers(new Load(0, 0), 4, 1)).isEqualTo(1);
    }

    @Test
    void s3Objects_areCutBySizeOrByTime() {
        Load load = new Load(1_000, 1_000);
        assertThat(Capacity.s3ObjectsPerDay(load, 2, 5_000_000, Duration.ofMinutes(5)))
                .isEqualTo(2 * 8_640);
        assertThat(Capacity.s3ObjectsPerDay(load, 2, 1L << 40, Duration.ofMinutes(5)))
                .isEqualTo(2 * 288);
        assertThat(Capacity.s3ObjectsPerDay(new Load(0, 10), 2, 1, Duration.ofSeconds(1)))
                .isZero();
    }

    @Test
    void cost_isMadeOfTheCallersPrices() {
        Prices prices = new Prices(
                new BigDecimal("0.015"),
                new BigDecimal("0.014"),
                new BigDecimal("0.013"),
                new BigDecimal("0.015"),
                new BigDecimal("0.005"));
        Load load = new Load(1_000, 1_024);
        // 2 shards 0.72, 86.4 million units 1.2096, fan-out 0.624 and 82.397 GB 1.23596.
        assertThat(prices.streamPerDay(load, 2, 0)).isEqualTo("1.93");
        assertThat(prices.streamPerDay(load, 2, 1)).isEqualTo("3.79");
        assertThat(prices.objectsPerDay(2_000)).isEqualTo("0.01");
    }

    @Test
    void nonsense_isRefused() {
        assertThatThrownBy(() -> new Load(-1, 1))
                .hasMessage("a load has 0 or more, not -1.0 records a second of 1.0 bytes");
        Load load = new Load(1, 1);
        assertThatThrownBy(() -> Capacity.shards(load, -1)).hasMessage("pollingConsumers is at least 0, not -1");
        assertThatThrownBy(() -> Capacity.hottestShard(load, 1, 1.5)).hasMessage("hotKeyShare is 0 to 1, not 1.5");
        assertThatThrownBy(() -> Capacity.workers(load, 1, 0)).hasMessage("workerBytesPerSecond is above 0, not 0.0");
        assertThatThrownBy(() -> Capacity.s3ObjectsPerDay(load, 1, 0, Duration.ofSeconds(1)))
                .hasMessage("bufferingBytes is at least 1, not 0");
    }
}
