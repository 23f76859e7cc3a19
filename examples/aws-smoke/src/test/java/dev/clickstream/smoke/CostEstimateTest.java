package dev.clickstream.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CostEstimateTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Two hours of 2 shards and 2 consumer shards at 0.015: 0.12; the table 0.045; the objects, 3,600 an hour, 0.036. */
    @Test
    void tenThousandEvents_costMostlyTheHoursOfShards() {
        assertThat(CostEstimate.of(10_000, INTERVAL).dollars()).isEqualByComparingTo("0.21");
    }

    @Test
    void text_saysAmount_region_date_andWhatALeftoverCosts() {
        assertThat(CostEstimate.of(10_000, INTERVAL).toString())
                .contains("about 0.21 USD")
                .contains("us-east-1 as published in 2025")
                .contains("1.44 USD a day");
    }

    @Test
    void moreEvents_costMore() {
        assertThat(CostEstimate.of(1_000_000, INTERVAL).dollars())
                .isGreaterThan(CostEstimate.of(10_000, INTERVAL).dollars());
    }
}
