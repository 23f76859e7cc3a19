package dev.clickstream.smoke;

import dev.clickstream.capacity.Capacity;
import dev.clickstream.capacity.Load;
import dev.clickstream.capacity.Prices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * What a run may cost, before it starts. An estimate: prices differ by region and change, taxes and discounts are not in
 * it. Immutable.
 *
 * @param load what is sent, as if it took an hour
 * @param bufferingInterval of the worker, for the number of objects
 */
record CostEstimate(Load load, Duration bufferingInterval) {
    static final int SHARDS = 2;

    /** A run takes minutes, but a started hour counts, and minutes can be of two hours. */
    private static final int HOURS = 2;

    private static final int EVENT_BYTES = 400;
    private static final double HOUR_SECONDS = 3_600;
    private static final int HOURS_OF_A_DAY = 24;

    /**
     * US dollars in us-east-1, from the pricing pages of Kinesis Data Streams and S3 as they were in 2025. Other regions
     * ask up to twice that.
     */
    private static final Prices PRICES = new Prices(
            new BigDecimal("0.015"),
            new BigDecimal("0.014"),
            new BigDecimal("0.015"),
            new BigDecimal("0.013"),
            new BigDecimal("0.005"));

    /** Some ten writes a second of leases, heartbeats and the leader's lock, at 0.625 a million. */
    private static final BigDecimal LEASE_TABLE_HOUR = new BigDecimal("0.0225");

    static CostEstimate of(int events, Duration bufferingInterval) {
        return new CostEstimate(new Load(events / HOUR_SECONDS, EVENT_BYTES), bufferingInterval);
    }

    /** In US dollars, rounded up to a hundredth. */
    BigDecimal dollars() {
        return streamPerDay()
                .add(PRICES.objectsPerDay(Capacity.s3ObjectsPerDay(load, SHARDS, 1 << 20, bufferingInterval)))
                .divide(BigDecimal.valueOf(HOURS_OF_A_DAY), 4, RoundingMode.UP)
                .add(LEASE_TABLE_HOUR)
                .multiply(BigDecimal.valueOf(HOURS))
                .setScale(2, RoundingMode.UP);
    }

    /** In US dollars. */
    BigDecimal streamPerDay() {
        return PRICES.streamPerDay(load, SHARDS, 1);
    }

    @Override
    public String toString() {
        return "This may cost about " + dollars() + " USD: a stream of " + SHARDS
                + " shards with a fan-out consumer for up to " + HOURS
                + " hours (a started hour counts), objects, a lease table on demand.\n"
                + "An estimate from the prices of us-east-1 as published in 2025; other regions ask up to twice that."
                + " If the stream should be left behind, it costs " + streamPerDay() + " USD a day.";
    }
}
