package dev.clickstream.local.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's clock, which a test or a replay can set. Thread-safe; all methods take effect at once.
 *
 * <p>It follows the system until the first {@link #set} or {@link #advance}; from then on it stands still until it is
 * moved again or {@link #followSystem} is called. It gives records their arrival time, streams and shards their
 * creation time, and is what {@code MillisBehindLatest} and {@code AT_TIMESTAMP} are measured with. So a replay that
 * sets it right before each put decides that record's arrival. It may be set backwards; arrival times of a shard are
 * then no longer in order, and {@code AT_TIMESTAMP} starts at the first record at or after the timestamp.
 *
 * <p>What guards physical rates runs on elapsed time, not on this clock's date: write limits per shard and the age of
 * shard iterators. Elapsed time passes with the system's monotonic clock, {@link #set} does not touch it, and {@link
 * #advance} adds to it. A replay that sets the date 30 hours ahead therefore expires no iterator and refills no limit;
 * a test that advances by six minutes expires all iterators.
 */
public final class KinesisClock {

    private final LongSupplier systemMillis;
    private final LongSupplier systemNanos;
    private volatile State state = new State(null, 0);

    /** Null means that the date follows the system. */
    private record State(@Nullable Instant standsAt, long advancedNanos) {}

    /** A clock that follows the system until it is set or advanced. */
    public KinesisClock() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    KinesisClock(LongSupplier systemMillis, LongSupplier systemNanos) {
        this.systemMillis = systemMillis;
        this.systemNanos = systemNanos;
    }

    /**
     * The date now.
     *
     * @return whole milliseconds while it follows the system
     */
    public Instant now() {
        Instant standsAt = state.standsAt();
        return standsAt == null ? Instant.ofEpochMilli(systemMillis.getAsLong()) : standsAt;
    }

    /**
     * Sets the date and lets it stand there; elapsed time is not touched.
     *
     * @param instant any date, also an earlier one
     */
    public synchronized void set(Instant instant) {
        state = new State(Objects.requireNonNull(instant, "instant"), state.advancedNanos());
    }

    /**
     * Lets time pass: moves the date from where it is and lets it stand there, and adds to elapsed time.
     *
     * @param duration zero or more
     * @throws IllegalArgumentException if it is negative; use {@link #set} for an earlier date
     */
    public synchronized void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "time cannot be advanced by " + duration + "; set an earlier date instead");
        }
        state = new State(now().plus(duration), state.advancedNanos() + duration.toNanos());
    }

    /** Follows the system's date again; elapsed time keeps what was added. */
    public synchronized void followSystem() {
        state = new State(null, state.advancedNanos());
    }

    /** The date in milliseconds since 1970. */
    long millis() {
        Instant standsAt = state.standsAt();
        return standsAt == null ? systemMillis.getAsLong() : standsAt.toEpochMilli();
    }

    /** Elapsed time in nanoseconds from an arbitrary origin; never goes backwards. */
    long elapsedNanos() {
        return systemNanos.getAsLong() + state.advancedNanos();
    }

    @Override
    public String toString() {
        return "KinesisClock[" + now() + (state.standsAt() == null ? ", following the system]" : ", standing]");
    }
}
