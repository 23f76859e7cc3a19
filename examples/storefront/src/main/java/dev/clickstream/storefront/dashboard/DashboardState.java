package dev.clickstream.storefront.dashboard;

import dev.clickstream.storefront.dashboard.Pipeline.ShardView;
import dev.clickstream.storefront.dashboard.Pipeline.Switch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page is told: numbers of the lake, and what the pipeline says of itself.
 *
 * @param shop where the shop is; null if it has no page
 * @param check of the one against the other
 * @param results what became of the records that the worker has committed
 * @param reasons why some were dropped or failed
 * @param health why the worker is not healthy; empty when it is
 */
record DashboardState(
        @Nullable String shop,
        CountCheck check,
        LakeNumbers lake,
        Map<String, Long> results,
        Map<String, Long> reasons,
        List<String> health,
        List<Shard> shards,
        List<Switch> switches) {

    private static final BigDecimal HASH_KEYS = new BigDecimal(BigInteger.TWO.pow(128));

    /**
     * A shard with its share of the hash keys.
     *
     * @param from where its range begins, of 0 to 1
     * @param to where it ends
     * @param waiting events in the backend producer's lane
     */
    record Shard(String id, double from, double to, boolean isOpen, long waiting) {

        static Shard of(ShardView shard) {
            return new Shard(
                    shard.id(),
                    share(new BigInteger(shard.startingHashKey())),
                    share(new BigInteger(shard.endingHashKey()).add(BigInteger.ONE)),
                    shard.open(),
                    shard.waitingEvents());
        }

        private static double share(BigInteger hashKey) {
            return new BigDecimal(hashKey).divide(HASH_KEYS).doubleValue();
        }
    }

    static DashboardState of(WatchedLake.Look look, Pipeline pipeline) {
        return new DashboardState(
                pipeline.shop().map(URI::toString).orElse(null),
                look.check(),
                look.numbers(),
                pipeline.workerResults(),
                pipeline.reasons(),
                pipeline.workerHealth(),
                pipeline.shards().stream().map(Shard::of).toList(),
                pipeline.switches());
    }
}
