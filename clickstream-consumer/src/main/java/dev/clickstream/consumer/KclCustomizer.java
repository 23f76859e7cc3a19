package dev.clickstream.consumer;

/**
 * Changes settings of the Kinesis Client Library that {@link ClickstreamWorker} does not name. Called each time that the
 * worker makes a scheduler, with new objects, on the worker's thread.
 *
 * <p>What the worker's guarantees rest on is set afterwards: consistent reads of leases, the aggregator, the processor,
 * and calls with empty record lists. A task listener of one's own is kept, and called too.
 */
@FunctionalInterface
public interface KclCustomizer {
    /** Changes nothing: the default. */
    KclCustomizer NONE = configs -> {};

    /**
     * Changes settings.
     *
     * @param configs KCL's own objects
     */
    void customize(KclConfigs configs);
}
