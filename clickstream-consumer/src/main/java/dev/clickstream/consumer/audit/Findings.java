package dev.clickstream.consumer.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts all findings and keeps the first of each kind. Not thread-safe. */
final class Findings {
    private static final int KEPT = 20;

    private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
    private final List<Finding> first = new ArrayList<>();

    void add(Finding.Kind kind, String where) {
        if (counts.merge(kind, 1L, Long::sum) <= KEPT) {
            first.add(new Finding(kind, where));
        }
    }

    Map<Finding.Kind, Long> counts() {
        return Map.copyOf(counts);
    }

    List<Finding> first() {
        return List.copyOf(first);
    }
}
