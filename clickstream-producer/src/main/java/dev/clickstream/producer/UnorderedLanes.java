package dev.clickstream.producer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final WaitingLanes again;
    private final Set<Lane> onTheirWay = new LinkedHashSet<>();

    UnorderedLanes(ProducerSettings settings, Transport.Limits limits, Content content) {
        this.settings = settings;
        this.again = new WaitingLanes(settings);
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
        return queue.isEmpty() && again.isEmpty() && onTheirWay.isEmpty();
    }

    @Override
    public List<Lane> takeRequest(long now, boolean flushing) {
        List<Lane> request = new ArrayList<>();
        int left = settings.maxBatchBytes();
        while (!again.noneReady() && fits(again.oldest().nextRecordBytes(), left, request)) {
            Lane lane = again.take();
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
            worth = maxEvents == 1 || isWorth(now, flushing);
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

    private boolean fits(long recordBytes, int left, List<Lane> request) {
        return request.size() < settings.maxBatchRecords() && (recordBytes <= left || request.isEmpty());
    }

    private boolean isWorth(long now, boolean flushing) {
        return !queue.isEmpty()
                && (flushing
                        || queue.queuedEvents() >= (maxEvents == 1 ? settings.maxBatchRecords() : maxEvents)
                        || queue.queuedBytes() >= Math.min(maxRecordBytes, FULL_BYTES)
                        || settings.lingersUntil(queue.oldest()) - now <= 0);
    }

    @Override
    public List<Lane> takeExpired(long now) {
        List<Lane> expired = again.takeExpired(now);
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
            again.add(lane, now);
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
        if (!again.noneReady()) {
            return 0;
        }
        return queue.isEmpty() ? most : Math.min(most, settings.lingersUntil(queue.oldest()) - now);
    }

    @Override
    public long untilChange(long now, long most) {
        long wait = queue.isEmpty() ? most : Math.min(most, settings.deadline(queue.oldest()) - now);
        return again.untilChange(now, wait);
    }

    @Override
    public List<Lane> takeAll() {
        List<Lane> all = all();
        again.clear();
        return all;
    }

    @Override
    public List<Lane> all() {
        List<Lane> all = again.all();
        all.addAll(onTheirWay);
        if (!queue.isEmpty()) {
            all.add(queue);
        }
        return all;
    }
}
