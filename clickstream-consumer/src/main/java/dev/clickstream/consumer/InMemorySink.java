package dev.clickstream.consumer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps batches in memory, for tests: one that is delivered again replaces itself. Thread-safe; it only grows. */
public final class InMemorySink implements Sink {
    private final Map<BatchId, Batch> batches = new LinkedHashMap<>(); // guarded by itself

    /** An empty one. */
    public InMemorySink() {}

    @Override
    public void deliver(Batch batch) {
        synchronized (batches) {
            Batch there = batches.get(batch.id());
            if (there != null
                    && batch.content() == Batch.Content.DIFFERENT
                    && there.rows().size() + there.failures().size()
                            > batch.rows().size() + batch.failures().size()) {
                return;
            }
            batches.put(batch.id(), batch);
        }
    }

    /**
     * What has been delivered.
     *
     * @return a snapshot, in the order of first delivery
     */
    public List<Batch> batches() {
        synchronized (batches) {
            return List.copyOf(batches.values());
        }
    }

    /**
     * The rows of all batches.
     *
     * @return a snapshot, batch by batch in the order of first delivery
     */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        batches().forEach(batch -> rows.addAll(batch.rows()));
        return rows;
    }

    /**
     * What could not be processed, of all batches.
     *
     * @return a snapshot, batch by batch in the order of first delivery
     */
    public List<FailedRecord> failures() {
        List<FailedRecord> failures = new ArrayList<>();
        batches().forEach(batch -> failures.addAll(batch.failures()));
        return failures;
    }
}
