package dev.clickstream.consumer;

import java.time.Duration;

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
