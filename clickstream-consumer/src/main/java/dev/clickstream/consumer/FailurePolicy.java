package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a batch that a sink goes on to refuse. Nothing is lost with any of them. Immutable.
 *
 * @see RetryPolicy how long to wait between attempts
 */
public final class FailurePolicy {
    private static final FailurePolicy RETRY = new FailurePolicy(Kind.RETRY, Duration.ZERO, null);

    private final Kind kind;
    private final Duration after;
    private final @Nullable Sink deadLetters;

    enum Kind {
        RETRY,
        HALT,
        DEAD_LETTER
    }

    private FailurePolicy(Kind kind, Duration after, @Nullable Sink deadLetters) {
        this.kind = kind;
        this.after = after;
        this.deadLetters = deadLetters;
    }

    /**
     * The batch is tried again for ever; its shard waits, and health says so. The default.
     *
     * @return always the same one
     */
    public static FailurePolicy retry() {
        return RETRY;
    }

    /**
     * The shard halts: nothing more of it is delivered or committed, its lease is kept, and health says so, until the
     * worker is started again. Other shards go on.
     *
     * @param after how long the batch has been refused; at least 0
     * @return a policy
     */
    public static FailurePolicy halt(Duration after) {
        return new FailurePolicy(Kind.HALT, required(after), null);
    }

    /**
     * The batch goes to another sink in place of those that refuse it, and the shard goes on. The decision is written
     * into the checkpoint first: a crash does not change it, and nobody asks the refusing sinks again for this batch.
     * What they had taken of it stays there. The other sink holds every batch in memory beside the first ones.
     *
     * @param after how long the batch has been refused; at least 0
     * @param deadLetters a sink, which itself is tried for ever
     * @return a policy
     */
    public static FailurePolicy deadLetter(Duration after, Sink deadLetters) {
        return new FailurePolicy(Kind.DEAD_LETTER, required(after), requireNonNull(deadLetters, "deadLetters"));
    }

    private static Duration required(Duration after) {
        if (requireNonNull(after, "after").isNegative()) {
            throw new IllegalArgumentException("after must be at least 0, not " + after);
        }
        return after;
    }

    Kind kind() {
        return kind;
    }

    /** Where batches go that were given up, if anywhere. */
    @Nullable
    Sink deadLetters() {
        return deadLetters;
    }

    boolean givesUpAfter(Duration refused) {
        return kind != Kind.RETRY && refused.compareTo(after) >= 0;
    }
}
