package dev.clickstream.consumer.catalog;

/** Who is asked. */
public enum SqlDialect {
    /** Athena, and Trino. */
    ATHENA("transform(items, item -> item.item_id)"),
    /** DuckDB. */
    DUCKDB("[item.item_id for item in items]");

    /** The ids of an event's items: the one thing that the views say differently. */
    final String itemIds;

    SqlDialect(String itemIds) {
        this.itemIds = itemIds;
    }
}
