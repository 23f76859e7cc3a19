package dev.clickstream.consumer.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an audit saw and found. Immutable.
 *
 * @param objects that were read
 * @param rows in them, each as often as it is there
 * @param failures lines of the error output
 * @param streamRecords of the stream, aggregates taken apart; 0 if none was given
 * @param explained records and rows that are not delivered, but stand in the error output
 * @param dropped records and rows that are neither there nor in the error output, as many as was expected
 * @param counts how many findings there are of each kind; empty if all is right
 * @param first the first 20 findings of each kind
 */
public record AuditReport(
        long objects,
        long rows,
        long failures,
        long streamRecords,
        long explained,
        long dropped,
        Map<Finding.Kind, Long> counts,
        List<Finding> first) {
    /** Copies what could change. */
    public AuditReport {
        counts = Map.copyOf(counts);
        first = List.copyOf(first);
    }

    /**
     * Whether nothing was found.
     *
     * @return true if all is right
     */
    public boolean isClean() {
        return counts.isEmpty();
    }

    /**
     * How many findings there are.
     *
     * @param kind of this kind
     * @return 0 if none
     */
    public long count(Finding.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** One line for each kind that was found, with the first of it, and one with totals. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Finding.Kind kind : Finding.Kind.values()) {
            if (count(kind) > 0) {
                text.append(String.format(Locale.ROOT, "%s: %d %s; first: ", kind, count(kind), kind.words()))
                        .append(first.stream()
                                .filter(finding -> finding.kind() == kind)
                                .map(Finding::where)
                                .findFirst()
                                .orElse("-"))
                        .append('\n');
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "%d objects, %d rows, %d failures, %d records of the stream; not delivered: %d in the error output, %d dropped",
                objects,
                rows,
                failures,
                streamRecords,
                explained,
                dropped));
        return text.toString();
    }
}
