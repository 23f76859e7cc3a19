package dev.clickstream.consumer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rows as they are, for a sink that takes a batch as a whole. Not thread-safe. */
final class RowsBuffer implements SinkBuffer {
    private final Sink sink;
    private final BatchId id;
    private final Instant firstArrival;
    private final List<Row> rows = new ArrayList<>();
    private final List<FailedRecord> failures = new ArrayList<>();
    private long bytes;

    RowsBuffer(Sink sink, BatchId id, Instant firstArrival) {
        this.sink = sink;
        this.id = id;
        this.firstArrival = firstArrival;
    }

    @Override
    public void add(Row row) {
        rows.add(row);
        bytes += row.data().length + OpenBatch.OVERHEAD_BYTES;
    }

    @Override
    public void add(FailedRecord failed) {
        failures.add(failed);
        bytes += failed.data().length + OpenBatch.OVERHEAD_BYTES;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int objects() {
        return rows.isEmpty() && failures.isEmpty() ? 0 : 1;
    }

    @Override
    public List<ManifestEntry> seal() {
        return List.of();
    }

    @Override
    public void deliver(Batch.Content content, WriteWindow window) throws Exception {
        sink.deliver(new Batch(id, firstArrival, List.copyOf(rows), List.copyOf(failures), content));
    }
}
