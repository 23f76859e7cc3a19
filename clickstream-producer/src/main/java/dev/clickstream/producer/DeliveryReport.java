package dev.clickstream.producer;

/**
 * How the events of a producer have ended since it was built. Every event that was given to {@code send} and has ended
 * is counted in exactly one place.
 *
 * @param delivered acknowledged by the stream
 * @param failed given up: time was over, the service rejected them, or they stood behind one in doubt; not in the stream
 * @param inDoubt may or may not be in the stream: sent, and no answer came
 * @param abandoned not in the stream: still waiting when {@code close} ran out of time
 * @param refused never accepted: too large, no valid key, buffer full, dropped, or the producer was closed
 */
public record DeliveryReport(long delivered, long failed, long inDoubt, long abandoned, long refused) {}
