package dev.clickstream.consumer.catalog;

import java.util.LinkedHashMap;
import java.util.Map;

/** A click event's members as columns, in the types of Athena and of DuckDB. */
final class EventColumns {
    private static final Map<String, Type> COLUMNS = new LinkedHashMap<>();

    /** A type in both. */
    enum Type {
        STRING("string", "VARCHAR"),
        INTEGER("int", "INTEGER"),
        BIG_INTEGER("bigint", "BIGINT"),
        ITEMS(
                "array<struct<item_id:string,item_name:string,item_brand:string,item_category:string,price:string,"
                        + "currency:string,quantity:int>>",
                "STRUCT(item_id VARCHAR, item_name VARCHAR, item_brand VARCHAR, item_category VARCHAR, price VARCHAR,"
                        + " currency VARCHAR, quantity INTEGER)[]"),
        STRING_MAP("map<string,string>", "MAP(VARCHAR, VARCHAR)"),
        STRINGS("array<string>", "VARCHAR[]");

        final String athena;
        final String duckDb;

        Type(String athena, String duckDb) {
            this.athena = athena;
            this.duckDb = duckDb;
        }
    }

    static {
        for (String text :
                ("event_id event_name event_timestamp user_id user_pseudo_id session_id page_location page_referrer"
                                + " page_title traffic_source_source traffic_source_medium traffic_source_campaign"
                                + " device_user_agent geo_country request_id request_method request_host request_edge producer_id")
                        .split(" ", -1)) {
            COLUMNS.put(text, Type.STRING);
        }
        COLUMNS.put("request_status", Type.INTEGER);
        COLUMNS.put("sampling_rate", Type.INTEGER);
        COLUMNS.put("producer_epoch", Type.BIG_INTEGER);
        COLUMNS.put("producer_sequence", Type.BIG_INTEGER);
        COLUMNS.put("items", Type.ITEMS);
        COLUMNS.put("properties", Type.STRING_MAP);
        COLUMNS.put("errors", Type.STRINGS);
        COLUMNS.put("schema_version", Type.INTEGER);
    }

    private EventColumns() {}

    /** By name, in the order of the event's JSON. */
    static Map<String, Type> all() {
        return COLUMNS;
    }
}
