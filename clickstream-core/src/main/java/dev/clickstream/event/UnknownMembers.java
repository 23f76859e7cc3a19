package dev.clickstream.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a newer version wrote and this one has no place for, kept to be written back: the event's, and by index its items'. */
record UnknownMembers(Map<String, JsonNode> ofEvent, Map<Integer, Map<String, JsonNode>> ofItems) {

    static final UnknownMembers NONE = new UnknownMembers(Map.of(), Map.of());

    UnknownMembers with(String name, JsonNode value) {
        return new UnknownMembers(added(ofEvent, name, value), ofItems);
    }

    UnknownMembers withOfItem(int index, String name, JsonNode value) {
        Map<String, JsonNode> item = added(ofItems.getOrDefault(index, Map.of()), name, value);
        return new UnknownMembers(ofEvent, added(ofItems, index, item));
    }

    /** Without those of items from this index on. */
    UnknownMembers upTo(int items) {
        if (ofItems.keySet().stream().allMatch(index -> index < items)) {
            return this;
        }
        Map<Integer, Map<String, JsonNode>> kept = new LinkedHashMap<>(ofItems);
        kept.keySet().removeIf(index -> index >= items);
        return new UnknownMembers(ofEvent, Collections.unmodifiableMap(kept));
    }

    private static <K, V> Map<K, V> added(Map<K, V> map, K key, V value) {
        Map<K, V> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableMap(copy);
    }
}
