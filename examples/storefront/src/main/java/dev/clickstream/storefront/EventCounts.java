package dev.clickstream.storefront;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Events by name. Thread-safe. */
final class EventCounts {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String eventName) {
        counts.computeIfAbsent(eventName, name -> new LongAdder()).increment();
    }

    /** A copy, by name. */
    Map<String, Long> byName() {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((name, count) -> copy.put(name, count.sum()));
        return copy;
    }

    long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
