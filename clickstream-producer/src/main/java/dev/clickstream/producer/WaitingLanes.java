package dev.clickstream.producer;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Lanes with something to send, however many: those that may send now, oldest first, so that one order serves linger,
 * deadline and fairness; and those that pause, until their pause or their oldest event's time is over. Belongs to the
 * send thread.
 */
final class WaitingLanes {

    private final ProducerSettings settings;
    private final PriorityQueue<Lane> ready = new PriorityQueue<>(
            (a, b) -> Long.compare(a.oldest().sequence(), b.oldest().sequence()));
    private final PriorityQueue<Lane> pausing =
            new PriorityQueue<>((a, b) -> Long.signum(a.pauseLeft(0) - b.pauseLeft(0)));

    /** Of the oldest events of those that may send. */
    private long readyBytes;

    WaitingLanes(ProducerSettings settings) {
        this.settings = settings;
    }

    /** Adds a lane that has events. */
    void add(Lane lane, long now) {
        if (lane.pauseLeft(now) <= 0) {
            addReady(lane);
            return;
        }
        long deadline = settings.deadline(lane.oldest());
        if (deadline - now < lane.pauseLeft(now)) {
            lane.pause(deadline);
        }
        pausing.add(lane);
    }

    /** Adds a lane that has events and does not pause. */
    void addReady(Lane lane) {
        ready.add(lane);
        readyBytes += lane.oldest().recordBytes();
    }

    boolean isEmpty() {
        return ready.isEmpty() && pausing.isEmpty();
    }

    /** Whether none may send now. */
    boolean noneReady() {
        return ready.isEmpty();
    }

    int countReady() {
        return ready.size();
    }

    long readyBytes() {
        return readyBytes;
    }

    /** Of those that may send now; there must be one. */
    Lane oldest() {
        return ready.element();
    }

    /** As {@link #oldest}, and it is gone from here. */
    Lane take() {
        Lane lane = ready.remove();
        readyBytes -= lane.oldest().recordBytes();
        return lane;
    }

    /** Lets those whose pause is over send, and takes those whose oldest event has no time left. */
    List<Lane> takeExpired(long now) {
        while (!pausing.isEmpty() && pausing.element().pauseLeft(now) <= 0) {
            addReady(pausing.remove());
        }
        List<Lane> expired = new ArrayList<>();
        while (!ready.isEmpty() && settings.deadline(ready.element().oldest()) - now <= 0) {
            expired.add(take());
        }
        return expired;
    }

    /** Nanoseconds until a pause or an event's time ends, or at most the given number. */
    long untilChange(long now, long most) {
        long wait = ready.isEmpty()
                ? most
                : Math.min(most, settings.deadline(ready.element().oldest()) - now);
        return pausing.isEmpty() ? wait : Math.min(wait, pausing.element().pauseLeft(now));
    }

    List<Lane> all() {
        List<Lane> all = new ArrayList<>(ready);
        all.addAll(pausing);
        return all;
    }

    void clear() {
        ready.clear();
        readyBytes = 0;
        pausing.clear();
    }
}
