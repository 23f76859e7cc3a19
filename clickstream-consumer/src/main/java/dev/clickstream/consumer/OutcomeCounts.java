package dev.clickstream.consumer;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many records came, and what became of them. Immutable.
 *
 * @param records stream records, those taken out of aggregates each
 * @param ok rows, {@link Outcome.Ok}
 * @param dropped {@link Outcome.Dropped} by reason
 * @param failed {@link Outcome.Failed} by code
 */
public record OutcomeCounts(long records, long ok, SortedMap<String, Long> dropped, SortedMap<String, Long> failed) {
    /** Nothing yet. */
    public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, new TreeMap<>(), new TreeMap<>());

    /** Copies the maps. */
    public OutcomeCounts {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
    }

    /**
     * The sum of both.
     *
     * @param other the other
     * @return a new one
     */
    public OutcomeCounts plus(OutcomeCounts other) {
        return new OutcomeCounts(
                records + other.records, ok + other.ok, sum(dropped, other.dropped), sum(failed, other.failed));
    }

    private static SortedMap<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        SortedMap<String, Long> sum = new TreeMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }
}
