package dev.clickstream.consumer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One transform after another. Thread-safe, if both are.
 *
 * @param first sees the stream's records
 * @param second sees rows of the first as records
 */
record TransformChain(Transform first, Transform second) implements Transform {
    /** Null, as no outcome at all, when either gives none: a row must not vanish among others. */
    @Override
    @SuppressWarnings("NullAway") // a transform may break its promise, which Transformation judges
    public List<Outcome> apply(StreamRecord record) {
        List<Outcome> rows = first.apply(record);
        if (isNone(rows)) {
            return null;
        }
        List<Outcome> all = new ArrayList<>(rows.size());
        for (Outcome outcome : rows) {
            if (outcome instanceof Outcome.Ok row) {
                List<Outcome> again = second.apply(withData(record, row.data()));
                if (isNone(again)) {
                    return null;
                }
                again.forEach(next -> all.add(following(row, next, rows.size() == 1)));
            } else {
                all.add(outcome);
            }
        }
        return all;
    }

    private static boolean isNone(@Nullable List<Outcome> outcomes) {
        return outcomes == null || outcomes.isEmpty() || outcomes.stream().anyMatch(Objects::isNull);
    }

    private static StreamRecord withData(StreamRecord record, byte[] data) {
        return new StreamRecord(
                record.shardId(),
                record.sequenceNumber(),
                record.subSequenceNumber(),
                record.partitionKey(),
                record.arrival(),
                data);
    }

    /** Of a record that is one row all of it failed, and can be sent again as it came. */
    private static Outcome following(Outcome.Ok row, Outcome next, boolean isOnlyRow) {
        if (next instanceof Outcome.Ok ok && !row.partitionKeys().isEmpty()) {
            Map<String, String> keys = new HashMap<>(row.partitionKeys());
            keys.putAll(ok.partitionKeys());
            return new Outcome.Ok(ok.data(), keys);
        }
        if (next instanceof Outcome.Failed failed && failed.data() == null && !isOnlyRow) {
            return new Outcome.Failed(failed.code(), failed.message(), row.data());
        }
        return next;
    }

    @Override
    public String configuration() {
        return first.configuration() + "\nthen\n" + second.configuration();
    }
}
