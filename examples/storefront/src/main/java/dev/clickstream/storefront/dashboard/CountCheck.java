package dev.clickstream.storefront.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whether what SQL counts in the lake is what was sent: distinct events by name against the counts of those who sent them.
 *
 * @param verdict of all names together
 * @param expected what was sent
 * @param delivered what lies in the lake
 * @param missing what was sent and is not in the lake
 * @param surplus what lies in the lake and was not sent: never, if all is well
 * @param copies rows of an event that is there already, as a repeated request leaves them; counted once
 */
record CountCheck(
        Verdict verdict, long expected, long delivered, long missing, long surplus, long copies, List<Line> lines) {

    /** What a person wants to know. */
    enum Verdict {
        /** Nothing was sent yet. */
        NOTHING_SENT,
        /** Every event that was sent is in the lake, and no other. */
        EXACT,
        /** Some are still on their way. */
        ON_THE_WAY,
        /** The lake has events that were not sent. */
        SURPLUS
    }

    /** One event name. */
    record Line(String event, long expected, long delivered) {}

    /**
     * Compares.
     *
     * @param sent counts that were taken after the lake was read, or what arrived in between would be a surplus
     */
    static CountCheck of(Map<String, Long> sent, LakeNumbers lake) {
        List<Line> lines = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(sent.keySet());
        names.addAll(lake.delivered().keySet());
        for (String name : names) {
            lines.add(
                    new Line(name, sent.getOrDefault(name, 0L), lake.delivered().getOrDefault(name, 0L)));
        }
        long expected = lines.stream().mapToLong(Line::expected).sum();
        long delivered = lines.stream().mapToLong(Line::delivered).sum();
        long missing = lines.stream()
                .mapToLong(line -> Math.max(0, line.expected() - line.delivered()))
                .sum();
        long surplus = missing - (expected - delivered);
        long copies = lake.rows() - delivered;
        return new CountCheck(
                verdict(expected, missing, surplus), expected, delivered, missing, surplus, copies, lines);
    }

    private static Verdict verdict(long expected, long missing, long surplus) {
        if (surplus > 0) {
            return Verdict.SURPLUS;
        }
        if (missing > 0) {
            return Verdict.ON_THE_WAY;
        }
        return expected == 0 ? Verdict.NOTHING_SENT : Verdict.EXACT;
    }
}
