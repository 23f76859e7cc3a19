package dev.clickstream.storefront.dashboard;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the dashboard sees of the running shop beside the lake, and the switches that it shows. Numbers about clicks are not
 * here: they come from the delivered objects. Thread-safe.
 */
public interface Pipeline {

    /** The folder that holds the bucket: rows under {@code clicks/}, failures under {@code errors/}. */
    Path lake();

    /** Where the shop is, for a link to it; empty if it has no page. */
    default Optional<URI> shop() {
        return Optional.empty();
    }

    /** What ought to arrive, by event name: what the edge put into the stream and the backend's producer was told of. */
    Map<String, Long> expectedEvents();

    /** What became of the records that the worker has committed: {@code ok}, {@code dropped}, {@code failed}. */
    Map<String, Long> workerResults();

    /** Why records were dropped or failed, by reason. */
    Map<String, Long> reasons();

    /** Reasons why the worker is not healthy; empty when it is. */
    List<String> workerHealth();

    /** The stream's shards, open and closed, by id. */
    List<ShardView> shards();

    /** Switches that can be shown and set, in the order in which a page shows them. */
    List<Switch> switches();

    /**
     * Sets a switch, or does what it says once.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    void set(String name, boolean on);

    /**
     * A shard of the stream.
     *
     * @param id as Kinesis names it
     * @param startingHashKey first hash key, decimal
     * @param endingHashKey last hash key, decimal
     * @param open whether it takes records
     * @param waitingEvents events that wait in the backend producer's lane of it
     */
    record ShardView(String id, String startingHashKey, String endingHashKey, boolean open, long waitingEvents) {}

    /**
     * Something that can be switched on: the simulated visitors, or a fault.
     *
     * @param name as {@link #set} takes it
     * @param label what a person reads
     * @param help one sentence on what happens when it is on
     * @param once whether it is an action that ends by itself, as a split does, and not a state
     * @param on whether it is on now
     */
    record Switch(String name, String label, String help, boolean once, boolean on) {}
}
