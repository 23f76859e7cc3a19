package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;

/** Drops what a test does not want. Thread-safe, if the test is. */
final class RecordFilter implements Transform {
    private final List<Outcome> dropped;
    private final Predicate<StreamRecord> keep;
    private final String reason;

    RecordFilter(String reason, Predicate<StreamRecord> keep) {
        this.reason = reason;
        this.dropped = List.of(new Outcome.Dropped(reason));
        this.keep = requireNonNull(keep, "keep");
    }

    @Override
    public List<Outcome> apply(StreamRecord record) {
        return keep.test(record) ? List.of(new Outcome.Ok(record.data())) : dropped;
    }

    @Override
    public String configuration() {
        return "filter " + reason;
    }
}
