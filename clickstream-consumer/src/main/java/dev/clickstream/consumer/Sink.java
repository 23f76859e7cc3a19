package dev.clickstream.consumer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where batches go. One instance serves all shards, so it must be thread-safe.
 *
 * <p><b>The contract:</b> when {@link #deliver} returns, the batch is there for good. A batch comes again, with the same
 * {@link Batch#id()} and the same records, after an exception, a crash or a lost lease, from another process too, and
 * possibly while a first attempt still hangs. A sink that writes idempotently by id gets each record exactly once; one
 * that does not gets it at least once. Only a batch that is {@link Batch.Content#DIFFERENT} must not replace something
 * fuller.
 *
 * <p>A sink that throws is called again, with growing pauses, as {@link RetryPolicy} says: its shard waits, and nothing
 * is committed or lost meanwhile.
 */
public interface Sink {
    /**
     * Delivers a batch, or throws.
     *
     * @param batch not empty
     * @throws Exception whatever went wrong; the batch will come again
     */
    void deliver(Batch batch) throws Exception;

    /**
     * Begins to gather a batch. Whoever wants to compress rows as they come, to write several objects, or to stop in
     * time when the lease is lost, overrides it.
     *
     * @param id the batch's
     * @param firstArrival when its first record arrived
     * @return a buffer that keeps rows as they are and hands the batch to {@link #deliver}, unless overridden
     */
    default SinkBuffer open(BatchId id, Instant firstArrival) {
        return new RowsBuffer(this, id, firstArrival);
    }

    /**
     * Removes what a worker with another configuration wrote of a batch that this one has written since. Objects that
     * are not there are no error.
     *
     * @param uri as a {@link ManifestEntry} named it; maybe of another kind of sink, which is none of its business
     * @param window until when removals may take effect
     * @throws Exception whatever went wrong; it is called again
     */
    default void remove(String uri, WriteWindow window) throws Exception {}

    /**
     * Where manifests go that a checkpoint cannot hold: needed only if a {@link SinkBuffer} of its names many objects.
     *
     * @return null, unless overridden
     */
    default @Nullable ManifestStore manifestStore() {
        return null;
    }

    /**
     * What it is called in logs, meters and health.
     *
     * @return the class's simple name, unless overridden
     */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * What decides where it writes and how, as text. A worker that finds an unfinished batch of one whose sinks were
     * configured otherwise waits {@link #writeBound()} before it delivers it.
     *
     * @return the name, unless overridden; no secrets
     */
    default String configuration() {
        return name();
    }

    /**
     * How long a write can still take effect after its worker died or was cut off. Each attempt must be bounded by it.
     *
     * @return one minute, unless overridden
     */
    default Duration writeBound() {
        return Duration.ofMinutes(1);
    }
}
