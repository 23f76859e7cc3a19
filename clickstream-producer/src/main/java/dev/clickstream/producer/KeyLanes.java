package dev.clickstream.producer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A lane for each key that has events, one event per record: there may be very many. */
final class KeyLanes implements Lanes {

    private final ProducerSettings settings;
    private final Map<String, Lane> byKey = new HashMap<>();
    private final WaitingLanes waiting;

    KeyLanes(ProducerSettings settings) {
        this.settings = settings;
        this.waiting = new WaitingLanes(settings);
    }

    @Override
    public boolean isEmpty() {
        return byKey.isEmpty();
    }

    @Override
    public void add(Pending event) {
        Lane lane = byKey.get(event.key());
        if (lane != null) {
            lane.add(event);
            return;
        }
        lane = Lane.ofKey(event.key());
        lane.add(event);
        waiting.addReady(lane); // first: were memory to end in between, the event would come again, and not be twice
        byKey.put(lane.name(), lane);
    }

    @Override
    public void putBack(Lane lane, long now) {
        if (lane.isEmpty()) {
            byKey.remove(lane.name());
        } else {
            waiting.add(lane, now);
        }
    }

    @Override
    public List<Lane> behind(Lane lane) {
        return List.of(lane);
    }

    @Override
    public List<Lane> takeExpired(long now) {
        return waiting.takeExpired(now);
    }

    @Override
    public List<Lane> takeRequest(long now, boolean flushing) {
        List<Lane> request = new ArrayList<>();
        if (!isDue(now, flushing)) {
            return request;
        }
        long bytes = 0;
        while (!waiting.noneReady() && request.size() < settings.maxBatchRecords()) {
            bytes += waiting.oldest().oldest().recordBytes();
            if (bytes > settings.maxBatchBytes() && !request.isEmpty()) {
                break;
            }
            Lane lane = waiting.take();
            if (lane.record() == null) {
                lane.cutOne();
            }
            request.add(lane);
        }
        return request;
    }

    private boolean isDue(long now, boolean flushing) {
        return !waiting.noneReady()
                && (flushing
                        || waiting.countReady() >= settings.maxBatchRecords()
                        || waiting.readyBytes() >= settings.maxBatchBytes()
                        || lingersUntil() - now <= 0);
    }

    private long lingersUntil() {
        return settings.lingersUntil(waiting.oldest().oldest());
    }

    @Override
    public Verdict judge(Lane lane, String shardId) {
        return Verdict.WHOLE;
    }

    @Override
    public long untilSend(long now, long most) {
        return waiting.noneReady() ? most : Math.min(most, lingersUntil() - now);
    }

    @Override
    public long untilChange(long now, long most) {
        return waiting.untilChange(now, most);
    }

    @Override
    public List<Lane> takeAll() {
        waiting.clear();
        return all();
    }

    @Override
    public List<Lane> all() {
        return new ArrayList<>(byKey.values());
    }
}
