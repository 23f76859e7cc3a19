package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;

/**
 * Chooses an event's partition key: events of one key stay in the order of {@code send}. {@link PartitionKeys} has
 * ready-mades.
 *
 * <p>Called on the thread that sends, by many at once; so it must be thread-safe and quick.
 */
@FunctionalInterface
public interface PartitionKey {

    /**
     * The key of this event.
     *
     * @param event the event
     * @return 1 to 256 characters; anything else, or an exception, fails the event as {@link
     *     SendFailedException.Reason#INVALID_KEY}
     */
    String of(ClickEvent event);
}
