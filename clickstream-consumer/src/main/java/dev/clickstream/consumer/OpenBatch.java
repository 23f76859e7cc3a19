package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The batch that is being filled: what sinks hold of it, counts, and the digest of positions. Not thread-safe. */
final class OpenBatch {
    /** What a row costs beside its bytes, roughly. */
    static final int OVERHEAD_BYTES = 64;

    private final List<SinkBuffer> buffers;
    private final Digest positions = new Digest();
    private final TreeMap<String, Long> dropped = new TreeMap<>();
    private final TreeMap<String, Long> failed = new TreeMap<>();
    private final long openedNanos;
    private @Nullable StreamRecord first;
    private @Nullable Position last;
    private long records;
    private long rows;
    private long failures;
    private long bytes;

    OpenBatch(long nowNanos, List<SinkBuffer> buffers) {
        this.openedNanos = nowNanos;
        this.buffers = List.copyOf(buffers);
    }

    void add(StreamRecord record, List<Outcome> outcomes) {
        Position at = Position.of(record);
        if (first == null) {
            first = record;
        }
        last = at;
        records++;
        positions.add(at);
        for (Outcome outcome : outcomes) {
            add(record, outcome);
        }
    }

    private void add(StreamRecord record, Outcome outcome) {
        if (outcome instanceof Outcome.Ok ok) {
            Row row = new Row(
                    record.sequenceNumber(),
                    record.subSequenceNumber(),
                    record.arrival(),
                    ok.data(),
                    ok.partitionKeys());
            buffers.forEach(buffer -> buffer.add(row));
            rows++;
            bytes += ok.data().length + OVERHEAD_BYTES;
        } else if (outcome instanceof Outcome.Failed failure) {
            byte[] data = failure.data() == null ? record.data() : failure.data();
            FailedRecord failedRecord = new FailedRecord(
                    record.sequenceNumber(),
                    record.subSequenceNumber(),
                    record.arrival(),
                    data,
                    failure.code(),
                    failure.message());
            buffers.forEach(buffer -> buffer.add(failedRecord));
            failures++;
            failed.merge(failure.code(), 1L, Long::sum);
            bytes += data.length + OVERHEAD_BYTES;
        } else if (outcome instanceof Outcome.Dropped drop) {
            dropped.merge(drop.reason(), 1L, Long::sum);
        }
    }

    boolean isEmpty() {
        return records == 0;
    }

    boolean hasOutput() {
        return rows > 0 || failures > 0;
    }

    /** Whether a record at this position begins another Kinesis record, so that a batch may be cut before it. */
    boolean endsBefore(Position next) {
        return last != null && last.compareSequence(next) < 0;
    }

    /** What rows and failures hold before sinks compress them. */
    long bytes() {
        return bytes;
    }

    /** What sinks hold of it. */
    long heldBytes() {
        long held = 0;
        for (SinkBuffer buffer : buffers) {
            held += buffer.bytes();
        }
        return held;
    }

    /** How many objects sinks are filling. */
    long objects() {
        long objects = 0;
        for (SinkBuffer buffer : buffers) {
            objects += buffer.objects();
        }
        return objects;
    }

    /** In the order of {@link PipelineSettings#targets}. */
    List<SinkBuffer> buffers() {
        return buffers;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - openedNanos;
    }

    Position last() {
        return requireNonNull(last, "an empty batch has no last record");
    }

    /** What is to be remembered of it, as it is now: it must not grow any more. */
    BatchState cut(PipelineSettings settings) {
        StreamRecord start = requireNonNull(first, "an empty batch cannot be cut");
        Instant arrival = start.arrival().truncatedTo(ChronoUnit.MILLIS);
        return new BatchState(
                start.sequenceNumber(),
                arrival,
                last(),
                records,
                positions.hex(),
                settings.fingerprint(),
                settings.writeBound(),
                BatchState.NONE,
                "");
    }

    OutcomeCounts counts() {
        return new OutcomeCounts(records, rows, dropped, failed);
    }
}
