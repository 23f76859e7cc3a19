package dev.clickstream.producer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** A lane for each key that has events, one event per record: there may be very many. */
final class KeyLanes implements Lanes {

    private final ProducerSettings settings;
    private final Map<String, Lane> byKey = new HashMap<>();
    /** Oldest first, so that one order serves linger, deadline and fairness. */
    private final PriorityQueue<Lane> ready = new PriorityQueue<>(
            (a, b) -> Long.compare(a.oldest().sequence(), b.oldest().sequence()));

    private final PriorityQueue<Lane> backingOff =
            new PriorityQueue<>((a, b) -> Long.signum(a.pauseLeft(0) - b.pauseLeft(0)));
    private long readyBytes;

    KeyLanes(ProducerSettings settings) {
        this.settings = settings;
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
        byKey.put(lane.name(), lane);
        ready(lane);
    }

    private void ready(Lane lane) {
        ready.add(lane);
        readyBytes += lane.oldest().recordBytes();
    }

    private Lane takeReady() {
        Lane lane = ready.remove();
        readyBytes -= lane.oldest().recordBytes();
        return lane;
    }

    @Override
    public void putBack(Lane lane, long now) {
        if (lane.isEmpty()) {
            byKey.remove(lane.name());
        } else if (lane.pauseLeft(now) <= 0) {
            ready(lane);
        } else {
            long deadline = settings.deadline(lane.oldest());
            if (deadline - now < lane.pauseLeft(now)) {
                lane.pause(deadline);
            }
            backingOff.add(lane);
        }
    }

    private void wakeUp(long now) {
        while (!backingOff.isEmpty() && backingOff.element().pauseLeft(now) <= 0) {
            ready(backingOff.remove());
        }
    }

    @Override
    public List<Lane> behind(Lane lane) {
        return List.of(lane);
    }

    @Override
    public List<Lane> takeExpired(long now) {
        wakeUp(now);
        List<Lane> expired = new ArrayList<>();
        while (!ready.isEmpty() && settings.deadline(ready.element().oldest()) - now <= 0) {
            expired.add(takeReady());
        }
        return expired;
    }

    @Override
    public List<Lane> takeRequest(long now, boolean flushing) {
        List<Lane> request = new ArrayList<>();
        if (!isDue(now, flushing)) {
            return request;
        }
        long bytes = 0;
        while (!ready.isEmpty() && request.size() < settings.maxBatchRecords()) {
            bytes += ready.element().oldest().recordBytes();
            if (bytes > settings.maxBatchBytes() && !request.isEmpty()) {
                break;
            }
            Lane lane = takeReady();
            if (lane.record() == null) {
                lane.cutOne();
            }
            request.add(lane);
        }
        return request;
    }

    private boolean isDue(long now, boolean flushing) {
        return !ready.isEmpty()
                && (flushing
                        || ready.size() >= settings.maxBatchRecords()
                        || readyBytes >= settings.maxBatchBytes()
                        || lingersUntil() - now <= 0);
    }

    private long lingersUntil() {
        return settings.lingersUntil(ready.element().oldest());
    }

    @Override
    public Verdict judge(Lane lane, String shardId) {
        return Verdict.WHOLE;
    }

    @Override
    public long untilSend(long now, long most) {
        return ready.isEmpty() ? most : Math.min(most, lingersUntil() - now);
    }

    @Override
    public long untilChange(long now, long most) {
        long wait = ready.isEmpty()
                ? most
                : Math.min(most, settings.deadline(ready.element().oldest()) - now);
        return backingOff.isEmpty() ? wait : Math.min(wait, backingOff.element().pauseLeft(now));
    }

    @Override
    public List<Lane> takeAll() {
        ready.clear();
        readyBytes = 0;
        backingOff.clear();
        return all();
    }

    @Override
    public List<Lane> all() {
        return new ArrayList<>(byKey.values());
    }
}
