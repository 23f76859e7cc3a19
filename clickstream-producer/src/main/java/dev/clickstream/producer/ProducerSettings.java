package dev.clickstream.producer;

import java.time.Duration;

/** What the builder was told; the relations between settings are checked here. */
record ProducerSettings(
        Duration linger,
        int maxBatchRecords,
        int maxBatchBytes,
        int maxRequestsInFlight,
        long bufferMaxBytes,
        Overflow onBufferFull,
        Duration maxBlock,
        Duration requestTimeout,
        Duration deliveryTimeout,
        Duration closeTimeout,
        boolean aggregation,
        Order order,
        int shardBytesPerSecond) {

    /** Seen of the AWS SDK for Java 2: it holds about three copies of a request while it is sent. */
    private static final int COPIES_IN_FLIGHT = 3;

    ProducerSettings {
        if (linger.plus(requestTimeout).compareTo(deliveryTimeout) > 0) {
            throw new IllegalArgumentException("deliveryTimeout must be at least linger + requestTimeout, was "
                    + deliveryTimeout + " with linger " + linger + " and requestTimeout " + requestTimeout);
        }
    }

    /** What is left for queued events when all requests are on their way at their largest. */
    long queueBytes(Transport.Limits limits) {
        int largest = Math.max(maxBatchBytes, limits.maxRecordBytes());
        long inFlight = (long) COPIES_IN_FLIGHT * maxRequestsInFlight * largest;
        long left = bufferMaxBytes - inFlight;
        long least = 2L * limits.maxRecordBytes() + EncodedEvent.OVERHEAD_BYTES;
        if (left < least) {
            throw new IllegalArgumentException("bufferMaxBytes must be at least " + (inFlight + least)
                    + " with maxRequestsInFlight " + maxRequestsInFlight + " and maxBatchBytes " + maxBatchBytes
                    + ", was " + bufferMaxBytes);
        }
        return left;
    }

    /** When this event has waited for others long enough. */
    long lingersUntil(Pending event) {
        return event.acceptedAt() + linger.toNanos();
    }

    /** When this event's time is over. */
    long deadline(Pending event) {
        return event.acceptedAt() + deliveryTimeout.toNanos();
    }

    void check(Transport.Limits limits) {
        atMost("maxBatchRecords", maxBatchRecords, limits.maxRecords());
        atMost("maxBatchBytes", maxBatchBytes, limits.maxRequestBytes());
    }

    private static void atMost(String name, int value, int limit) {
        if (value > limit) {
            throw new IllegalArgumentException(name + " must be at most " + limit + ", was " + value);
        }
    }
}
