package dev.clickstream.consumer.catalog;

import java.util.LinkedHashMap;
import java.util.Map;

/** What shops ask, as views. */
final class ClickViews {
    private ClickViews() {}

    static Map<String, String> over(String table, SqlDialect dialect) {
        Map<String, String> views = new LinkedHashMap<>();
        String events = table + "_events";
        view(
                views,
                events,
                """
                SELECT *, CAST(replace(replace(event_timestamp, 'T', ' '), 'Z', '') AS timestamp) AS event_time,
                       100.0 / coalesce(sampling_rate, 100) AS weight
                FROM (SELECT *, row_number() OVER (PARTITION BY event_id ORDER BY event_timestamp) AS copy FROM %s) copies
                WHERE copy = 1
                """
                        .formatted(table));
        view(
                views,
                table + "_sessions",
                """
                SELECT visitor, session_number, min(event_time) AS began, max(event_time) AS ended, count(*) AS events,
                       max(CASE WHEN event_name = 'purchase' THEN 1 ELSE 0 END) AS purchased
                FROM (SELECT visitor, event_time, event_name,
                             sum(CASE WHEN previous IS NULL OR event_time > previous + INTERVAL '30' MINUTE THEN 1 ELSE 0 END)
                               OVER (PARTITION BY visitor ORDER BY event_time, event_id) AS session_number
                      FROM (SELECT coalesce(user_pseudo_id, user_id) AS visitor, event_id, event_time, event_name,
                                   lag(event_time) OVER (PARTITION BY coalesce(user_pseudo_id, user_id)
                                                         ORDER BY event_time, event_id) AS previous
                            FROM %s) steps) numbered
                GROUP BY visitor, session_number
                """
                        .formatted(events));
        view(
                views,
                table + "_product_hours",
                """
                SELECT date_trunc('hour', event_time) AS event_hour, item_id, event_name,
                       count(*) AS events, sum(weight) AS estimated_events
                FROM %s CROSS JOIN UNNEST(%s) AS t(item_id)
                GROUP BY 1, 2, 3
                """
                        .formatted(events, dialect.itemIds));
        view(
                views,
                table + "_funnel",
                """
                SELECT item_id,
                       sum(CASE WHEN event_name = 'view_item' THEN weight ELSE 0 END) AS viewed,
                       sum(CASE WHEN event_name = 'add_to_cart' THEN weight ELSE 0 END) AS added_to_cart,
                       sum(CASE WHEN event_name = 'begin_checkout' THEN weight ELSE 0 END) AS checkout_begun,
                       sum(CASE WHEN event_name = 'purchase' THEN weight ELSE 0 END) AS purchased
                FROM %s CROSS JOIN UNNEST(%s) AS t(item_id)
                GROUP BY 1
                """
                        .formatted(events, dialect.itemIds));
        return views;
    }

    private static void view(Map<String, String> views, String name, String query) {
        views.put(name, "CREATE OR REPLACE VIEW " + name + " AS\n" + query);
    }
}
