package dev.clickstream.producer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * No order: all events wait in one queue, and each record that is cut from it goes a way of its own, many at the same
 * time.
 */
final class UnorderedLanes implements Lanes {

    /** More are not taken apart where a Firehose stream partitions by content ("RecordDeAggregation"). */
    private static final int MAX_LINES = 500;

    /** With so much the queue does not linger. */
    private static final int FULL_BYTES = 256 << 10;

    /** What is in a record. */
    enum Content {
        /** An event, with its key. */
        EVENT,
        /** A line for each event. */
        LINES
    }

    private final ProducerSettings settings;
    private final Content content;
    private final int maxRecordBytes;
    private final int maxEvents;
    private final Lane queue = Lane.ofKey("all");
    private final PriorityQueue<Lane> backingOff =
            new PriorityQueue<>((a, b) -> Long.signum(a.pauseLeft(0) - b.pauseLeft(0)));
    private final Set<Lane> onTheirWay = new LinkedHashSet<>();

    UnorderedLanes(ProducerSettings settings, Transport.Limits limits, Content content) {
        this.settings = settings;
        this.content = content;
        this.maxEvents = content == Content.LINES && settings.aggregation() ? MAX_LINES : 1;
        this.maxRecordBytes = Math.min(limits.maxRecordBytes(), settings.maxBatchBytes());
    }

    @Override
    public void add(Pending event) {
        queue.add(event);
    }

    @Override
    public boolean isEmpty() {
        return queue.isEmpty() && backingOff.isEmpty() && onTheirWay.isEmpty();
    }

    @Override
    public List<Lane> takeRequest(long now, boolean flushing) {
        List<Lane> request = new ArrayList<>();
        int left = settings.maxBatchBytes();
        while (isAgain(now) && fits(backingOff.element().nextRecordBytes(), left, request)) {
            Lane lane = backingOff.remove();
            onTheirWay.add(lane);
            pack(lane);
            left -= lane.existingRecord().sizeBytes();
            request.add(lane);
        }
        boolean worth = isWorth(now, flushing);
        while (worth && !queue.isEmpty() && fits(queue.oldest().recordBytes() + 1, left, request)) {
            Lane lane = queue.takeLines(Math.min(left, maxRecordBytes), maxEvents);
            onTheirWay.add(lane); // before it is packed: were memory to end there, its events would be nowhere
            pack(lane);
            left -= lane.existingRecord().sizeBytes();
            request.add(lane);
            // Single events go along with those that are due; lines wait for a record worth it.
            worth = content == Content.EVENT || isWorth(now, flushing);
        }
        return request;
    }

    /** Unless there is a record that must go again as it is. */
    private void pack(Lane lane) {
        if (lane.record() == null) {
            if (content == Content.LINES) {
                lane.packLines();
            } else {
                lane.cutOne();
            }
        }
    }

    private boolean isAgain(long now) {
        return !backingOff.isEmpty() && backingOff.element().pauseLeft(now) <= 0;
    }

    private boolean fits(long recordBytes, int left, List<Lane> request) {
        return request.size() < settings.maxBatchRecords() && (recordBytes <= left || request.isEmpty());
    }

    private boolean isWorth(long now, boolean flushing) {
        return !queue.isEmpty()
                && (flushing
                        || queue.queuedBytes() >= Math.min(maxRecordBytes, FULL_BYTES)
                        || settings.lingersUntil(queue.oldest()) - now <= 0);
    }

    @Override
    public List<Lane> takeExpired(long now) {
        List<Lane> expired = new ArrayList<>();
        for (Lane lane : backingOff) {
            if (settings.deadline(lane.oldest()) - now <= 0) {
                expired.add(lane);
            }
        }
        backingOff.removeAll(Set.copyOf(expired));
        if (!queue.isEmpty() && settings.deadline(queue.oldest()) - now <= 0) {
            expired.add(queue);
        }
        return expired;
    }

    @Override
    public void putBack(Lane lane, long now) {
        if (lane == queue) {
            return;
        }
        onTheirWay.remove(lane);
        if (!lane.isEmpty()) {
            backingOff.add(lane);
        }
    }

    /** Nothing waits for anything. */
    @Override
    public List<Lane> behind(Lane lane) {
        return List.of();
    }

    @Override
    public Verdict judge(Lane lane, String shardId) {
        return Verdict.WHOLE;
    }

    @Override
    public long untilSend(long now, long most) {
        long wait = backingOff.isEmpty()
                ? most
                : Math.min(most, backingOff.element().pauseLeft(now));
        return queue.isEmpty() ? wait : Math.min(wait, settings.lingersUntil(queue.oldest()) - now);
    }

    @Override
    public long untilChange(long now, long most) {
        long wait = queue.isEmpty() ? most : Math.min(most, settings.deadline(queue.oldest()) - now);
        for (Lane lane : backingOff) {
            wait = Math.min(wait, settings.deadline(lane.oldest()) - now);
        }
        return wait;
    }

    @Override
    public List<Lane> takeAll() {
        List<Lane> all = all();
        backingOff.clear();
        return all;
    }

    @Override
    public List<Lane> all() {
        List<Lane> all = new ArrayList<>(backingOff);
        all.addAll(onTheirWay);
        if (!queue.isEmpty()) {
            all.add(queue);
        }
        return all;
    }
}
