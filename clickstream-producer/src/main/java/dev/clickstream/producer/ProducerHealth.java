package dev.clickstream.producer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a producer is at the moment, for a health check. A sign of a stream that cannot be reached is an {@code
 * oldestWaiting} that grows beyond {@code linger} and some seconds.
 *
 * @param accepting false once it is closed, or its send thread has died
 * @param lastSuccess when the stream last took a record; null if it never did
 * @param oldestWaiting how long the oldest event has waited that has not ended; zero if none waits; at most a second old
 * @param closedLanes shards that were split or merged, whose last record the stream has not acknowledged yet: events of
 *     their successors wait for it
 */
public record ProducerHealth(
        boolean accepting, @Nullable Instant lastSuccess, Duration oldestWaiting, int closedLanes) {}
