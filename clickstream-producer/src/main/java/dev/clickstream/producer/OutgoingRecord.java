package dev.clickstream.producer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * One Kinesis record that is being sent, and the events in it that have not ended. Once made its bytes are the same at
 * every attempt. Belongs to the send thread.
 */
final class OutgoingRecord {

    /** Of no meaning, as in the KPL: an aggregate is routed by its explicit hash key. */
    static final String AGGREGATE_KEY = "a";

    private final Transport.Entry entry;
    private final List<Pending> all;
    private final List<Pending> events;
    private boolean inDoubt;

    private OutgoingRecord(Transport.Entry entry, List<Pending> events) {
        this.entry = entry;
        this.all = events;
        this.events = new ArrayList<>(events);
    }

    /** A record that is the event's JSON. */
    static OutgoingRecord single(Pending event) {
        return new OutgoingRecord(
                new Transport.Entry(event.key(), event.explicitHashKey(), event.data()), List.of(event));
    }

    /** An aggregate, sent to where its first event belongs. */
    static OutgoingRecord aggregate(Aggregate aggregate, List<Pending> events) {
        String hash = events.get(0).hash().toDecimal();
        return new OutgoingRecord(new Transport.Entry(AGGREGATE_KEY, hash, aggregate.toBytes()), events);
    }

    /** A record without a key, a line for each event. */
    static OutgoingRecord lines(List<Pending> events) {
        int most = events.stream().mapToInt(Pending::recordBytes).sum() + events.size();
        ByteArrayOutputStream lines = new ByteArrayOutputStream(most);
        for (Pending event : events) {
            lines.writeBytes(event.data());
            lines.write('\n');
        }
        return new OutgoingRecord(new Transport.Entry("", null, lines.toByteArray()), events);
    }

    Transport.Entry entry() {
        return entry;
    }

    /** Those that have not ended, in their order. */
    List<Pending> events() {
        return events;
    }

    Pending oldest() {
        return events.get(0);
    }

    int sizeBytes() {
        return entry.sizeBytes();
    }

    void attempted() {
        events.forEach(Pending::attempted);
    }

    void failed(String code, boolean possiblyWritten) {
        inDoubt |= possiblyWritten;
        events.forEach(event -> event.failed(code, possiblyWritten));
    }

    /** Whether it may have been written; a later failure cannot undo it. Only then must the same bytes go again. */
    boolean inDoubt() {
        return inDoubt;
    }

    /** Whether this shard holds all that was put in, so that KCL does not throw it away. */
    boolean liesIn(Shard shard) {
        return all.stream().allMatch(event -> shard.holds(event.hash()));
    }

    /**
     * Takes events out that have ended although their bytes may be sent again. What they were charged for these bytes
     * goes to the first of the others.
     */
    List<Pending> take(Predicate<Pending> which) {
        List<Pending> taken = new ArrayList<>();
        for (Iterator<Pending> each = events.iterator(); each.hasNext(); ) {
            Pending event = each.next();
            if (which.test(event)) {
                taken.add(event);
                each.remove();
            }
        }
        if (!events.isEmpty()) {
            taken.forEach(event -> events.get(0).carry(event));
        }
        return taken;
    }
}
