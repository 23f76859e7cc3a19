package dev.clickstream.producer;

import dev.clickstream.producer.HostileShards.Seen;
import dev.clickstream.producer.SendFailedException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run of a producer, as a guarantee looks at it. Events go by their sequence numbers. */
interface Observed {

    /**
     * All that is in the stream in the end, as one sort of reader gets it, parents before their children.
     *
     * @param mayRepeat events that such a reader may get twice
     */
    record Reading(String how, List<Seen> events, Set<Long> mayRepeat) {}

    /** By KCL, which drops aggregates that leave their shard, and raw, by whoever looks at no shard's range. */
    List<Reading> readings();

    boolean isOrdered();

    /** How many were accepted; they are numbered from 1. */
    long accepted();

    /** How many of their futures are complete. */
    long ended();

    /** Why they failed; those that were delivered have no reason. */
    Map<Long, Reason> reasons();

    /** The last number that was given when the sender of this event was told of its failure. */
    long toldAt(long sequence);

    /** Whether the record that its receipt names holds this event; true if the run does not know. */
    boolean isWhereItWasTold(long sequence);

    DeliveryReport report();

    /** JSON of all events whose futures are open; 0 where others end them while we look. */
    long bytesOpen();

    long memoryUsed();

    long memoryBound();

    long mostBytesOnTheirWay();

    long mostBytesAllowedOnTheirWay();
}
