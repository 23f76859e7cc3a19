package dev.clickstream.consumer.audit;

import java.util.HashMap;
import java.util.Map;

/**
 * The lines of the error output. They have no sequence number, so they are known by arrival and bytes. Each takes about 150
 * bytes of memory. Not thread-safe.
 */
final class FailedLines {
    private final Map<Contents, Integer> lines = new HashMap<>();
    private final Map<Contents, Integer> records = new HashMap<>();
    private final Map<Long, Integer> unexplainedByArrival = new HashMap<>();
    private long count;

    void add(Contents line) {
        count++;
        lines.merge(line, 1, Integer::sum);
        unexplainedByArrival.merge(line.arrivalMillis(), 1, Integer::sum);
    }

    long count() {
        return count;
    }

    /** Whether a record that arrived then, in milliseconds, may have failed: if not, its bytes need not be looked at. */
    boolean isPossible(long arrivalMillis) {
        return unexplainedByArrival.containsKey(arrivalMillis);
    }

    /** Takes note of a record of the stream; gives whether a line is its own, which explains nothing else then. */
    boolean isKnown(Contents record) {
        Integer there = lines.get(record);
        return there != null && records.merge(record, 1, Integer::sum) <= there && explains(record.arrivalMillis());
    }

    /** Whether a line explains that a row is absent, known by its arrival only: each line explains one. */
    boolean explains(long arrivalMillis) {
        Integer left = unexplainedByArrival.get(arrivalMillis);
        if (left == null || left == 0) {
            return false;
        }
        unexplainedByArrival.put(arrivalMillis, left - 1);
        return true;
    }

    /** Finds lines of which there are more than records with these bytes in the stream. */
    void findTwice(Findings findings) {
        records.forEach((contents, seen) -> {
            int there = lines.getOrDefault(contents, 0);
            for (int i = seen; i < there; i++) {
                findings.add(
                        Finding.Kind.FAILED_TWICE,
                        there + " lines for " + seen + " records with arrival " + contents.arrivalMillis());
            }
        });
    }
}
