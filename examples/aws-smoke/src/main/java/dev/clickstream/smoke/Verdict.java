package dev.clickstream.smoke;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was delivered, held against what was sent. Immutable.
 *
 * @param sent events
 * @param missing of them in no object
 * @param unknown rows that nobody sent
 * @param twice stream records that are in the objects more than once
 * @param copies events that are in the stream more than once: an answer of Kinesis was lost, and the producer wrote again
 * @param outOfOrder events that stand in the stream behind a later one of their visitor
 * @param errorObjects objects of the error output
 */
record Verdict(int sent, long missing, long unknown, long twice, long copies, long outOfOrder, long errorObjects) {

    static Verdict of(Set<String> sent, List<Lake.Row> rows, int errorObjects) {
        Set<String> seen = new HashSet<>();
        Set<List<Object>> places = new HashSet<>();
        long unknown = 0;
        long twice = 0;
        long copies = 0;
        for (Lake.Row row : rows) {
            if (!places.add(List.of(row.shard(), row.sequenceNumber(), row.subSequenceNumber()))) {
                twice++;
            } else if (!sent.contains(row.eventId())) {
                unknown++;
            } else if (!seen.add(row.eventId())) {
                copies++;
            }
        }
        return new Verdict(
                sent.size(), sent.size() - seen.size(), unknown, twice, copies, outOfOrder(rows), errorObjects);
    }

    /** What readers see first of each event; all of a visitor's are in one shard, as nobody splits it. */
    private static long outOfOrder(List<Lake.Row> rows) {
        List<Lake.Row> asRead = rows.stream()
                .sorted(Comparator.comparing(Lake.Row::shard)
                        .thenComparing(Lake.Row::sequenceNumber)
                        .thenComparing(Lake.Row::subSequenceNumber))
                .toList();
        Set<String> seen = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        long outOfOrder = 0;
        for (Lake.Row row : asRead) {
            if (seen.add(row.eventId())) {
                Long before = last.put(row.visitor(), row.producerSequence());
                outOfOrder += before != null && before > row.producerSequence() ? 1 : 0;
            }
        }
        return outOfOrder;
    }

    boolean isGood() {
        return missing + unknown + twice + copies + outOfOrder + errorObjects == 0;
    }

    @Override
    public String toString() {
        if (isGood()) {
            return sent + " events sent, each delivered once, each visitor's in order.";
        }
        return sent + " events sent: " + missing + " missing, " + unknown + " that nobody sent, " + twice
                + " stream records in objects twice, " + copies + " in the stream twice (a lost answer), " + outOfOrder
                + " out of order, " + errorObjects + " error objects.";
    }
}
