package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

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

    /**
     * Where the event belongs among the stream's hash keys, and so in which shard, if that is not for MD5 of its key to
     * say; it travels with the event. Must be the same for all events of a key: in different shards there is no order
     * between them.
     *
     * @param event the event
     * @return 0 to 2<sup>128</sup> - 1, else the event fails as {@link SendFailedException.Reason#INVALID_KEY}; or null,
     *     the default, for MD5 of the key
     */
    default @Nullable BigInteger explicitHashKey(ClickEvent event) {
        return null;
    }
}
