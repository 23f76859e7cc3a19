package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an application begins to read a stream that it has never read. Immutable.
 *
 * <p>It is resolved once, when the first worker of the application starts, and stored with its leases: workers that
 * start later take what is stored there, whatever they were told. (KCL itself keeps the word only, and takes the
 * time from the configuration of the day.)
 */
public final class InitialPosition {
    private static final InitialPosition TRIM_HORIZON = new InitialPosition(Kind.TRIM_HORIZON, null);
    private static final InitialPosition LATEST = new InitialPosition(Kind.LATEST, null);

    private final Kind kind;
    private final @Nullable Instant timestamp;

    private InitialPosition(Kind kind, @Nullable Instant timestamp) {
        this.kind = kind;
        this.timestamp = timestamp;
    }

    enum Kind {
        TRIM_HORIZON,
        LATEST,
        AT_TIMESTAMP
    }

    /**
     * The oldest record that the stream keeps: the default.
     *
     * @return always the same one
     */
    public static InitialPosition trimHorizon() {
        return TRIM_HORIZON;
    }

    /**
     * The time at which the first worker starts, by that machine's clock.
     *
     * @return always the same one
     */
    public static InitialPosition latest() {
        return LATEST;
    }

    /**
     * The first record that arrived at or after this time.
     *
     * @param timestamp not in the future
     * @return a position
     */
    public static InitialPosition at(Instant timestamp) {
        return new InitialPosition(Kind.AT_TIMESTAMP, requireNonNull(timestamp, "timestamp"));
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    Instant timestamp() {
        return timestamp;
    }

    @Override
    public String toString() {
        return timestamp == null ? kind.name() : kind + " " + timestamp;
    }
}
