package dev.clickstream.local.kinesis;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts calls by action and resource. Thread-safe; grows with streams, not with calls. */
final class CallRecorder {

    private record Key(String action, String resource) {}

    private final ConcurrentMap<Key, RecordedCalls> calls = new ConcurrentHashMap<>();

    void record(Call call) {
        String stream = call.stream();
        Key key = new Key(call.action(), stream == null ? "" : stream);
        calls.compute(key, (k, soFar) -> (soFar == null ? new RecordedCalls(k.action, k.resource, 0, 0, 0, 0) : soFar)
                .plus(call));
    }

    /** By action, then resource. */
    List<RecordedCalls> calls() {
        return calls.values().stream()
                .sorted(Comparator.comparing(RecordedCalls::action).thenComparing(RecordedCalls::resource))
                .toList();
    }
}
