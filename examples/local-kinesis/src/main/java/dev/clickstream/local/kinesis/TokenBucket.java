package dev.clickstream.local.kinesis;

/**
 * Tokens that refill at a steady rate up to one second's worth. What is larger than that may go when the bucket is full,
 * and leaves a debt. Not thread-safe.
 */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private double tokens;
    private long refilledAt;

    TokenBucket(long perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.refilledAt = nowNanos;
    }

    boolean has(long amount, long nowNanos) {
        long elapsed = nowNanos - refilledAt;
        if (elapsed > 0) {
            tokens = Math.min(perSecond, tokens + elapsed / NANOS_PER_SECOND * perSecond);
            refilledAt = nowNanos;
        }
        return tokens >= Math.min((double) amount, perSecond);
    }

    void take(long amount) {
        tokens -= amount;
    }
}
