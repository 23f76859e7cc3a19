package dev.clickstream.capacity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What things cost, as the caller looked it up: prices differ by region and change. Immutable; any one currency.
 *
 * @param shardHour a provisioned shard for an hour
 * @param millionPayloadUnits a million PUT payload units of 25 KB
 * @param fanOutShardHour a shard read by one fan-out consumer for an hour
 * @param fanOutGigabyte a gigabyte (2^30 bytes) read by fan-out
 * @param thousandObjects a thousand S3 PUT requests
 */
public record Prices(
        BigDecimal shardHour,
        BigDecimal millionPayloadUnits,
        BigDecimal fanOutShardHour,
        BigDecimal fanOutGigabyte,
        BigDecimal thousandObjects) {

    private static final int HOURS = 24;
    private static final int SECONDS = 86_400;
    private static final double MILLION = 1e6;
    private static final double GIGABYTE = 1L << 30;

    /**
     * What a stream costs a day.
     *
     * @param load what is written, all day long
     * @param shards how many shards
     * @param fanOutConsumers how many applications read by fan-out
     * @return rounded to a hundredth
     */
    public BigDecimal streamPerDay(Load load, int shards, int fanOutConsumers) {
        double units = Capacity.payloadUnitsPerSecond(load) * SECONDS / MILLION;
        double gigabytes = load.bytesPerSecond() * SECONDS * fanOutConsumers / GIGABYTE;
        return shardHour
                .multiply(BigDecimal.valueOf((long) shards * HOURS))
                .add(millionPayloadUnits.multiply(BigDecimal.valueOf(units)))
                .add(fanOutShardHour.multiply(BigDecimal.valueOf((long) shards * fanOutConsumers * HOURS)))
                .add(fanOutGigabyte.multiply(BigDecimal.valueOf(gigabytes)))
                .setScale(2, RoundingMode.HALF_UP);
    }

    /**
     * What putting objects costs a day.
     *
     * @param objectsPerDay such as {@link Capacity#s3ObjectsPerDay} says
     * @return rounded to a hundredth
     */
    public BigDecimal objectsPerDay(double objectsPerDay) {
        return thousandObjects
                .multiply(BigDecimal.valueOf(objectsPerDay / 1_000))
                .setScale(2, RoundingMode.HALF_UP);
    }
}
