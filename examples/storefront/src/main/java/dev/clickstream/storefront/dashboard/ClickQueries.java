package dev.clickstream.storefront.dashboard;

import dev.clickstream.storefront.dashboard.LakeNumbers.Click;
import dev.clickstream.storefront.dashboard.LakeNumbers.Freshness;
import dev.clickstream.storefront.dashboard.LakeNumbers.Funnel;
import dev.clickstream.storefront.dashboard.LakeNumbers.Named;
import dev.clickstream.storefront.dashboard.LakeNumbers.Series;
import dev.clickstream.storefront.dashboard.LakeNumbers.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of the clicks alone. One thread at a time. */
final class ClickQueries {
    private static final int SHOWN_EVENT_NAMES = 12;
    private static final int SHOWN_CLICKS = 12;

    private final Sql sql;

    ClickQueries(Sql sql) {
        this.sql = sql;
    }

    /** Rows as they were delivered. */
    long rows() throws SQLException {
        return sql.row(row -> row.getLong(1), "SELECT coalesce(sum(click_rows), 0) FROM loads");
    }

    /** Distinct events, not scaled. */
    Map<String, Long> delivered() throws SQLException {
        Map<String, Long> delivered = new LinkedHashMap<>();
        sql.rows(
                row -> delivered.put(row.getString(1), row.getLong(2)),
                "SELECT event_name, count(*) FROM clicks_events GROUP BY 1 ORDER BY 1");
        return delivered;
    }

    Totals totals() throws SQLException {
        return sql.row(
                row -> new Totals(row.getDouble(1), row.getBoolean(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                """
                WITH sessions AS (SELECT count(*) AS sessions, coalesce(sum(purchased), 0) AS buying FROM clicks_sessions)
                SELECT coalesce(sum(weight), 0), coalesce(min(sampling_rate), 100) < 100,
                       count(DISTINCT coalesce(user_pseudo_id, user_id)), any_value(sessions), any_value(buying)
                FROM sessions LEFT JOIN clicks_events ON true
                """);
    }

    /** The most frequent names, and the rest as {@code other}. */
    List<Named> byEvent() throws SQLException {
        return sql.rows(
                ClickQueries::named,
                """
                WITH ranked AS (SELECT event_name, sum(weight) AS events,
                                       row_number() OVER (ORDER BY sum(weight) DESC, event_name) AS place
                                FROM clicks_events GROUP BY 1)
                SELECT CASE WHEN place <= %1$d THEN event_name ELSE 'other' END, sum(events)
                FROM ranked GROUP BY 1 ORDER BY min(place)
                """
                        .formatted(SHOWN_EVENT_NAMES));
    }

    static Named named(ResultSet row) throws SQLException {
        return new Named(row.getString(1), row.getDouble(2));
    }

    /** Of all clicks; the checkout of a basket names no product, so that sums of products would be less. */
    Funnel funnel() throws SQLException {
        return sql.row(
                row -> new Funnel(row.getDouble(1), row.getDouble(2), row.getDouble(3), row.getDouble(4)),
                """
                SELECT coalesce(sum(weight) FILTER (WHERE event_name = 'view_item'), 0),
                       coalesce(sum(weight) FILTER (WHERE event_name = 'add_to_cart'), 0),
                       coalesce(sum(weight) FILTER (WHERE event_name = 'begin_checkout'), 0),
                       coalesce(sum(weight) FILTER (WHERE event_name = 'purchase'), 0)
                FROM clicks_events
                """);
    }

    /** Events of the last steps of a day's clock, up to and with the present one. */
    Series series(Duration step, int steps, Instant now) throws SQLException {
        long length = step.toMillis();
        long start = Math.floorDiv(now.toEpochMilli(), length) * length - (steps - 1) * length;
        Map<String, double[]> counts = new LinkedHashMap<>();
        sql.rows(
                row -> counts.computeIfAbsent(row.getString(1), name -> new double[steps])[row.getInt(2)] =
                        row.getDouble(3),
                """
                SELECT event_name, (epoch_ms(event_time) - ?) // ? AS step, sum(weight)
                FROM clicks_events WHERE event_time >= make_timestamp(?) AND event_time < make_timestamp(?)
                GROUP BY 1, 2 ORDER BY 1, 2
                """,
                start,
                length,
                start * 1000,
                (start + steps * length) * 1000);
        return new Series(start, length, counts);
    }

    /** The last ones to happen; who did it is not asked. */
    List<Click> newest() throws SQLException {
        return sql.rows(
                row -> new Click(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
                """
                SELECT epoch_ms(event_time), event_name, coalesce(product.name, item_name, item_id),
                       CASE WHEN request_id IS NULL THEN 'backend' ELSE 'log' END
                FROM (SELECT *, items[1].item_id AS item_id, items[1].item_name AS item_name FROM clicks_events
                      ORDER BY event_time DESC, event_id LIMIT %d) newest
                LEFT JOIN shop.products product ON product.product_id = newest.item_id
                ORDER BY event_time DESC, event_id
                """
                        .formatted(SHOWN_CLICKS));
    }

    Freshness freshness() throws SQLException {
        return sql.row(
                row -> new Freshness(row.getLong(1), row.getLong(2), row.getLong(3), newestObject(row)),
                """
                WITH newest AS (SELECT max(written) AS written FROM clicks_events),
                     ages AS (SELECT greatest(0, epoch_ms(event.written) - epoch_ms(event.event_time)) AS age
                              FROM clicks_events event, newest
                              WHERE event.written > newest.written - INTERVAL 5 MINUTE)
                SELECT count(*), coalesce(quantile_cont(age, 0.5), 0), coalesce(quantile_cont(age, 0.95), 0),
                       (SELECT epoch_ms(max(written)) FROM objects)
                FROM ages
                """);
    }

    private static @Nullable Long newestObject(ResultSet row) throws SQLException {
        long written = row.getLong(4);
        return row.wasNull() ? null : written;
    }
}
