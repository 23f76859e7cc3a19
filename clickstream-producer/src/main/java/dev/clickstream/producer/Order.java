package dev.clickstream.producer;

/** What stays in order. */
public enum Order {

    /** The default: events of a partition key are in the stream in the order of {@code send}. */
    BY_KEY,

    /**
     * Nothing. Without aggregation it lifts the limit of one record per key and round trip: what is sent, and sent
     * again, passes what waits. With aggregation order costs nothing, and this changes nothing. To Firehose there is
     * never an order.
     */
    UNORDERED
}
