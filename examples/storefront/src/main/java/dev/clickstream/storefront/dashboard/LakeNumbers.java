package dev.clickstream.storefront.dashboard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What SQL over the delivered objects says at one moment. Counts of clicks are of distinct events, scaled up where the log
 * is sampled; times are milliseconds since 1970, durations milliseconds.
 *
 * @param delivered distinct events that lie in the lake, by name, not scaled
 * @param rows how many rows they are; more than events if some stand there twice
 */
record LakeNumbers(
        Map<String, Long> delivered,
        long rows,
        Totals totals,
        List<Named> events,
        Series minutes,
        Series hours,
        Funnel funnel,
        List<ProductRow> products,
        List<Click> newest,
        Freshness freshness,
        List<Named> failures,
        Objects objects) {

    /**
     * Of everything that was delivered.
     *
     * @param isSampled whether counts are scaled up
     * @param sessions visits with no gap of more than 30 minutes
     * @param buyingSessions those with a purchase
     */
    record Totals(double clicks, boolean isSampled, long visitors, long sessions, long buyingSessions) {}

    /** A count of something. */
    record Named(String name, double count) {}

    /**
     * Counts by name, one for each step of time, the last step being the present one.
     *
     * @param start of the first step
     * @param step its length
     */
    record Series(long start, long step, Map<String, double[]> counts) {}

    /** From view to purchase, over all clicks. */
    record Funnel(double viewed, double addedToCart, double checkoutBegun, double purchased) {}

    /**
     * A product's clicks beside what the shop's catalog knows of it.
     *
     * @param name the catalog's, or what the clicks call it
     * @param price null if the catalog does not have it, as the next three
     * @param stock what is left of the catalog's stock after the purchases
     * @param clicks of any kind
     * @param revenue units bought at the catalog's price
     * @param isOverlooked whether it is of high value, many view it, and nobody buys it
     */
    record ProductRow(
            String id,
            String name,
            @Nullable String category,
            @Nullable BigDecimal price,
            @Nullable String currency,
            @Nullable Long stock,
            double clicks,
            double viewed,
            double addedToCart,
            double checkoutBegun,
            double purchased,
            @Nullable BigDecimal revenue,
            boolean isOverlooked) {}

    /**
     * A click without who did it.
     *
     * @param product what it was about; null if nothing
     * @param source {@code log} or {@code backend}
     */
    record Click(long time, String event, @Nullable String product, String source) {}

    /**
     * From the event's time to when its object could be read, of the events of the last five minutes in which any came.
     *
     * @param events how many that is
     * @param newestObject when the last object was written; null as long as there is none
     */
    record Freshness(long events, long median, long percentile95, @Nullable Long newestObject) {}

    /**
     * What lies in the bucket.
     *
     * @param count with those of the error output
     * @param errors of the error output
     */
    record Objects(long count, long bytes, long errors, List<ObjectRow> newest) {}

    /** An object. */
    record ObjectRow(String key, long bytes, long written) {}
}
