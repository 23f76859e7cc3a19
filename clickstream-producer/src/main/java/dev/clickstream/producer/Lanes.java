package dev.clickstream.producer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * All lanes: which heads are ready, which wait for another attempt; what is in neither is on its way. Belongs to the
 * send thread.
 */
final class Lanes {

    private final ProducerSettings settings;
    private final Map<String, Lane> byKey = new HashMap<>();
    /** Oldest first, so that one order serves linger, deadline and fairness. */
    private final PriorityQueue<Lane> ready = new PriorityQueue<>(
            (a, b) -> Long.compare(a.head().sequence(), b.head().sequence()));

    private final PriorityQueue<Lane> backingOff =
            new PriorityQueue<>((a, b) -> Long.signum(a.notBefore() - b.notBefore()));
    private long readyBytes;

    Lanes(ProducerSettings settings) {
        this.settings = settings;
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    void add(Pending pending) {
        Lane lane = byKey.get(pending.key());
        if (lane != null) {
            lane.add(pending);
            return;
        }
        lane = new Lane(pending.key());
        lane.add(pending);
        byKey.put(lane.key(), lane);
        ready(lane);
    }

    private void ready(Lane lane) {
        ready.add(lane);
        readyBytes += lane.head().recordBytes();
    }

    private Lane takeReady() {
        Lane lane = ready.remove();
        readyBytes -= lane.head().recordBytes();
        return lane;
    }

    /** The head has ended, one way or another, and gives way to the next. The lane must be on its way. */
    void advance(Lane lane) {
        lane.removeHead();
        if (lane.isEmpty()) {
            byKey.remove(lane.key());
        } else {
            ready(lane);
        }
    }

    /** The head goes again, not before that time or its deadline. The lane must be on its way. */
    void backOff(Lane lane, long until) {
        long deadline = deadline(lane);
        lane.notBefore(deadline - until < 0 ? deadline : until);
        backingOff.add(lane);
    }

    /** Ends the lane with all that is in it. The lane must be on its way. */
    List<Pending> remove(Lane lane) {
        byKey.remove(lane.key());
        List<Pending> rest = new ArrayList<>();
        while (!lane.isEmpty()) {
            rest.add(lane.removeHead());
        }
        return rest;
    }

    /** Lanes whose backoff is over become ready. */
    void wakeUp(long now) {
        while (!backingOff.isEmpty() && backingOff.element().notBefore() - now <= 0) {
            ready(backingOff.remove());
        }
    }

    /** Takes out lanes whose head has no time left; they count as on their way. */
    List<Lane> takeExpired(long now) {
        List<Lane> expired = new ArrayList<>();
        while (!ready.isEmpty() && deadline(ready.element()) - now <= 0) {
            expired.add(takeReady());
        }
        return expired;
    }

    /** Takes out the lanes of the next request, or none if none is due. Never two records of a key. */
    List<Lane> takeRequest(long now, boolean flushing) {
        List<Lane> request = new ArrayList<>();
        if (!isDue(now, flushing)) {
            return request;
        }
        long bytes = 0;
        while (!ready.isEmpty() && request.size() < settings.maxBatchRecords()) {
            bytes += ready.element().head().recordBytes();
            if (bytes > settings.maxBatchBytes() && !request.isEmpty()) {
                break;
            }
            request.add(takeReady());
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
        return ready.element().head().acceptedAt() + settings.linger().toNanos();
    }

    private long deadline(Lane lane) {
        return lane.head().acceptedAt() + settings.deliveryTimeout().toNanos();
    }

    /** Nanoseconds until a ready lane must be sent, or at most the given number. */
    long untilSend(long now, long most) {
        return ready.isEmpty() ? most : Math.min(most, lingersUntil() - now);
    }

    /** Nanoseconds until a lane ends its backoff or its time, or at most the given number. */
    long untilChange(long now, long most) {
        long wait = ready.isEmpty() ? most : Math.min(most, deadline(ready.element()) - now);
        return backingOff.isEmpty() ? wait : Math.min(wait, backingOff.element().notBefore() - now);
    }

    /** Takes out everything that is not on its way; the caller ends it. */
    List<Lane> takeAll() {
        List<Lane> all = new ArrayList<>(backingOff);
        backingOff.clear();
        while (!ready.isEmpty()) {
            all.add(takeReady());
        }
        return all;
    }

    /** When {@link #takeAll} has taken the others: those whose head is on its way. */
    List<Lane> onTheirWay() {
        return new ArrayList<>(byKey.values());
    }
}
