package dev.clickstream.consumer;

/** What becomes of an event that is a late copy of another in the same batch, by the numbers of the producer that sent it. */
public enum LateCopies {
    /** It is a row like others; readers tell it by the numbers, or by {@code event_id}. */
    KEEP,
    /**
     * It is dropped, counted as {@value #REASON}. Only copies within one batch of a shard are found: what was read before
     * it is not remembered, as a batch that is read again after a crash must become the same rows.
     */
    DROP;

    /** What dropped copies are counted under. */
    public static final String REASON = "late_copy";
}
