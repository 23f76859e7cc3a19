package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import dev.clickstream.consumer.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows go to the hour in which they happened, not to that in which they arrived. Immutable.
 *
 * <p>The time is a text with an offset ({@code 2026-01-31T23:59:59.999Z}) or a number since 1970, from a field of the
 * row's JSON or from a partition key. Everything is judged by the record's arrival, never by the wall clock, so that a
 * batch that is delivered again goes to the same places. A row whose time is missing, cannot be read, is not between
 * 1970 and 9999, or lies further ahead of its arrival than {@link #allowedFuture} (one minute, unless said otherwise)
 * goes to the hour of its arrival.
 */
public final class EventTime {
    private static final Set<ChronoUnit> UNITS =
            Set.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS);

    private final EventTimeReader reader;
    private final ChronoUnit unit;
    private final Duration allowedFuture;
    private final @Nullable Duration lateAfter;
    private final @Nullable PrefixExpression latePrefix;

    private EventTime(
            EventTimeReader reader,
            ChronoUnit unit,
            Duration allowedFuture,
            @Nullable Duration lateAfter,
            @Nullable PrefixExpression latePrefix) {
        this.reader = reader;
        this.unit = unit;
        this.allowedFuture = allowedFuture;
        this.lateAfter = lateAfter;
        this.latePrefix = latePrefix;
    }

    /**
     * The time stands in a field of rows that are JSON objects.
     *
     * @param path such as {@code event_timestamp}, or {@code event.time} for a field within another
     * @return late rows go to their own hour, unless said otherwise
     */
    public static EventTime ofField(String path) {
        return of(new EventTimeReader.JsonField(path));
    }

    /**
     * The time is a partition key of the transform.
     *
     * @param name the key's
     * @return late rows go to their own hour, unless said otherwise
     */
    public static EventTime ofPartitionKey(String name) {
        return of(new EventTimeReader.PartitionKey(requireNonNull(name, "name")));
    }

    private static EventTime of(EventTimeReader reader) {
        return new EventTime(reader, ChronoUnit.MILLIS, Duration.ofMinutes(1), null, null);
    }

    /**
     * What numbers count since 1970. Default: milliseconds.
     *
     * @param unit seconds, milliseconds, microseconds or nanoseconds
     * @return another one
     */
    public EventTime unit(ChronoUnit unit) {
        if (!UNITS.contains(requireNonNull(unit, "unit"))) {
            throw new IllegalArgumentException("unit must be SECONDS, MILLIS, MICROS or NANOS, not " + unit.name());
        }
        return new EventTime(reader, unit, allowedFuture, lateAfter, latePrefix);
    }

    /**
     * How far a row may be ahead of its arrival, by a clock that is fast; beyond it the row goes by its arrival.
     * Default: one minute.
     *
     * @param allowed not negative
     * @return another one
     */
    public EventTime allowedFuture(Duration allowed) {
        return new EventTime(reader, unit, notNegative(allowed, "allowedFuture"), lateAfter, latePrefix);
    }

    /**
     * Late rows go to the hour of their arrival. Default: to their own hour, however late.
     *
     * @param lateAfter how long after the event a row is late, not negative
     * @return another one
     */
    public EventTime lateToArrival(Duration lateAfter) {
        return new EventTime(reader, unit, allowedFuture, notNegative(lateAfter, "lateAfter"), null);
    }

    /**
     * Late rows go to a prefix of their own, at their own hour. Default: to their own hour among the others.
     *
     * @param lateAfter how long after the event a row is late, not negative
     * @param prefix such as {@code late/!{timestamp:yyyy/MM/dd/HH}/}; see {@link PrefixExpression}
     * @return another one
     * @throws IllegalArgumentException when it is not a prefix
     */
    public EventTime lateToPrefix(Duration lateAfter, String prefix) {
        return new EventTime(
                reader, unit, allowedFuture, notNegative(lateAfter, "lateAfter"), PrefixExpression.parse(prefix));
    }

    private static Duration notNegative(Duration duration, String name) {
        if (requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + duration);
        }
        return duration;
    }

    /**
     * When a row happened, and where that belongs.
     *
     * @param time that its prefix shows
     * @param latePrefix instead of the usual one; null if it is not late, or goes there all the same
     */
    record Judged(Instant time, @Nullable PrefixExpression latePrefix) {}

    Judged judge(Row row) {
        Instant event = reader.time(row, unit);
        Instant arrival = row.arrival();
        if (event == null || event.isAfter(arrival.plus(allowedFuture))) {
            return new Judged(arrival, null);
        }
        if (lateAfter == null || !event.plus(lateAfter).isBefore(arrival)) {
            return new Judged(event, null);
        }
        return latePrefix == null ? new Judged(arrival, null) : new Judged(event, latePrefix);
    }

    /** All that decides where a row goes. */
    @Override
    public String toString() {
        return reader + " in " + unit + ", at most " + allowedFuture + " ahead, "
                + (lateAfter == null
                        ? "never late"
                        : "late after " + lateAfter + " to " + (latePrefix == null ? "arrival" : latePrefix));
    }
}
