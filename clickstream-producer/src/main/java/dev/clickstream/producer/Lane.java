package dev.clickstream.producer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one key or one shard, in the order of sending, and the one record of it that is not acknowledged.
 * Belongs to the send thread.
 */
final class Lane {

    private final String name;
    private final @Nullable Shard shard;
    private final @Nullable Pace pace;
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private long queuedBytes;
    private @Nullable OutgoingRecord record;
    private boolean onItsWay;
    private @Nullable Receipt unjudged;
    private boolean pausing;
    private long pausesUntil;

    private Lane(String name, @Nullable Shard shard, @Nullable Pace pace) {
        this.name = name;
        this.shard = shard;
        this.pace = pace;
    }

    static Lane ofKey(String key) {
        return new Lane(key, null, null);
    }

    static Lane ofShard(Shard shard, Pace pace) {
        return new Lane(shard.id(), shard, pace);
    }

    /** The key or the shard's id. */
    String name() {
        return name;
    }

    Shard shard() {
        return Objects.requireNonNull(shard);
    }

    void add(Pending event) {
        queue.add(event);
        queuedBytes += event.recordBytes();
    }

    long queuedBytes() {
        return queuedBytes;
    }

    int queuedEvents() {
        return queue.size();
    }

    boolean isEmpty() {
        return record == null && queue.isEmpty();
    }

    /** The first that has not ended. The lane must not be empty. */
    Pending oldest() {
        return record != null ? record.oldest() : queue.element();
    }

    // The record

    @Nullable
    OutgoingRecord record() {
        return record;
    }

    OutgoingRecord existingRecord() {
        return Objects.requireNonNull(record);
    }

    /** Makes the next record of the first event alone. */
    void cutOne() {
        Pending event = queue.element();
        record = OutgoingRecord.single(event);
        queue.remove(); // now that it is in the record: were memory to end before, it would be nowhere
        queuedBytes -= event.recordBytes();
    }

    /** Makes the next record of as many events as fit; of the first in any case. */
    void cut(int maxBytes) {
        int most = maxBytes - OutgoingRecord.AGGREGATE_KEY.length();
        Aggregate aggregate = new Aggregate();
        List<Pending> events = new ArrayList<>();
        for (Pending event : queue) {
            if (!aggregate.add(event.key(), event.explicitHashKey(), event, most)) {
                break;
            }
            events.add(event);
        }
        if (events.size() < 2) {
            cutOne();
            return;
        }
        record = OutgoingRecord.aggregate(aggregate, events);
        for (Pending event : events) {
            queue.remove();
            queuedBytes -= event.recordBytes();
        }
    }

    /** Moves as many events as fit into a record of lines to a lane of their own; the first in any case. */
    Lane takeLines(int maxBytes, int maxLines) {
        Lane taken = ofKey(name);
        do {
            Pending event = queue.remove();
            queuedBytes -= event.recordBytes();
            taken.add(event);
        } while (!queue.isEmpty()
                && taken.queue.size() < maxLines
                && taken.nextRecordBytes() + queue.element().recordBytes() + 1 <= maxBytes);
        return taken;
    }

    /** Makes the next record of all events, a line each. */
    void packLines() {
        record = OutgoingRecord.lines(takeQueue());
    }

    /** As lines, at most. */
    long nextRecordBytes() {
        return record != null ? record.sizeBytes() : queuedBytes + queue.size();
    }

    /** All in the record has ended. */
    void endRecord() {
        record = null;
        unjudged = null;
    }

    /** What is in the record waits again, before all others. */
    void takeBack() {
        List<Pending> events = existingRecord().events();
        for (int i = events.size() - 1; i >= 0; i--) {
            queue.addFirst(events.get(i));
            queuedBytes += events.get(i).recordBytes();
        }
        endRecord();
    }

    boolean onItsWay() {
        return onItsWay;
    }

    void sent(long now) {
        onItsWay = true;
        existingRecord().attempted();
        if (pace != null) {
            pace.sent(existingRecord().sizeBytes(), now);
        }
    }

    void answered() {
        onItsWay = false;
    }

    /** Where the record was written, if that shard is not known yet. */
    @Nullable
    Receipt unjudged() {
        return unjudged;
    }

    void unjudged(Receipt receipt) {
        unjudged = receipt;
    }

    // Taking events out

    Iterable<Pending> queued() {
        return queue;
    }

    List<Pending> takeQueue() {
        List<Pending> all = new ArrayList<>(queue);
        queue.clear();
        queuedBytes = 0;
        return all;
    }

    /** Those at the beginning, up to the first that is not meant. */
    List<Pending> takeFirst(Predicate<Pending> which) {
        List<Pending> taken = new ArrayList<>();
        while (!queue.isEmpty() && which.test(queue.element())) {
            Pending event = queue.remove();
            queuedBytes -= event.recordBytes();
            taken.add(event);
        }
        return taken;
    }

    List<Pending> takeFromQueue(Predicate<Pending> which) {
        List<Pending> taken = queue.stream().filter(which).toList();
        if (!taken.isEmpty()) {
            queue.removeIf(which);
            taken.forEach(event -> queuedBytes -= event.recordBytes());
        }
        return taken;
    }

    /** With the last of its events the record is gone too. */
    List<Pending> takeFromRecord(Predicate<Pending> which) {
        if (record == null) {
            return List.of();
        }
        List<Pending> taken = record.take(which);
        if (record.events().isEmpty()) {
            endRecord();
        }
        return taken;
    }

    // Pace

    /** Nothing is sent until then. */
    void pause(long until) {
        pausing = true;
        pausesUntil = until;
    }

    /** Nanoseconds until something may be sent; not positive if it may. */
    long pauseLeft(long now) {
        return pausing ? pausesUntil - now : 0;
    }

    /** Of its shard; a key has none. */
    Pace pace() {
        return Objects.requireNonNull(pace);
    }

    /** Its record was too much at the moment. */
    void throttled(long now) {
        if (pace != null) {
            pace.throttled(now);
        }
    }

    /** All of its record is where it belongs. */
    void delivered(long now) {
        endRecord();
        if (pace != null) {
            pace.delivered(now);
        }
    }
}
