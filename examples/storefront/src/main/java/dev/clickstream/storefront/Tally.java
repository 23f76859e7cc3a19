package dev.clickstream.storefront;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records that the workers have committed.
 *
 * @param records Kinesis records
 * @param ok events delivered
 * @param dropped lines dropped, by rule
 * @param failed lines that could not be read, by code
 */
record Tally(long records, long ok, Map<String, Long> dropped, Map<String, Long> failed) {

    static final Tally NOTHING = new Tally(0, 0, Map.of(), Map.of());

    Tally plus(Tally other) {
        return new Tally(
                records + other.records, ok + other.ok, sum(dropped, other.dropped), sum(failed, other.failed));
    }

    long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    long failedTotal() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
        Map<String, Long> sum = new TreeMap<>(a);
        b.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }
}
