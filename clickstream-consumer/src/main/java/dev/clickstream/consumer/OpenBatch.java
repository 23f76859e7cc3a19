package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The batch that is being filled: what sinks hold of it, counts, and the digest of positions. Not thread-safe. */
final class OpenBatch {
    /** What a row costs beside its bytes, roughly. */
    static final int OVERHEAD_BYTES = 64;

    private static final List<Outcome> LATE_COPY = List.of(new Outcome.Dropped(LateCopies.REASON));

    private final List<SinkBuffer> rowBuffers;
    private final List<SinkBuffer> sourceBuffers;
    private final List<SinkBuffer> buffers;
    private final @Nullable SeenEvents seen;
    private final Digest positions = new Digest();
    private final TreeMap<String, Long> dropped = new TreeMap<>();
    private final TreeMap<String, Long> failed = new TreeMap<>();
    private final long openedNanos;
    private @Nullable StreamRecord first;
    private @Nullable Position last;
    private long records;
    private long rows;
    private long sources;
    private long failures;
    private long bytes;

    /**
     * An empty one.
     *
     * @param destinations whose buffers these are
     * @param buffers one for each of {@link Destinations#all}; none as long as there is no record
     */
    OpenBatch(long nowNanos, Destinations destinations, LateCopies lateCopies, List<SinkBuffer> buffers) {
        this.openedNanos = nowNanos;
        this.buffers = List.copyOf(buffers);
        this.seen = lateCopies == LateCopies.DROP ? new SeenEvents() : null;
        Map<Boolean, List<SinkBuffer>> ofSources = IntStream.range(0, buffers.size())
                .boxed()
                .collect(Collectors.partitioningBy(
                        destinations::isOfSourceRecords, Collectors.mapping(buffers::get, Collectors.toList())));
        this.rowBuffers = ofSources.getOrDefault(false, List.of());
        this.sourceBuffers = ofSources.getOrDefault(true, List.of());
    }

    /** Takes a record, and what became of it. */
    void add(Intake intake, List<Outcome> outcomes) {
        StreamRecord record = intake.record();
        boolean isCopy = seen != null && intake.decided() == null && seen.isCopy(record.data());
        Position at = Position.of(record);
        if (first == null) {
            first = record;
        }
        last = at;
        records++;
        positions.add(at);
        if (!intake.isSentElsewhere()) {
            addSource(record);
        }
        for (Outcome outcome : isCopy ? LATE_COPY : outcomes) {
            add(record, outcome);
        }
    }

    private void addSource(StreamRecord record) {
        if (!sourceBuffers.isEmpty()) {
            Row source = row(record, record.data(), Map.of());
            sourceBuffers.forEach(buffer -> buffer.add(source));
            sources++;
            bytes += record.data().length + OVERHEAD_BYTES;
        }
    }

    private static Row row(StreamRecord record, byte[] data, Map<String, String> partitionKeys) {
        return new Row(record.sequenceNumber(), record.subSequenceNumber(), record.arrival(), data, partitionKeys);
    }

    private void add(StreamRecord record, Outcome outcome) {
        if (outcome instanceof Outcome.Ok ok) {
            Row row = row(record, ok.data(), ok.partitionKeys());
            rowBuffers.forEach(buffer -> buffer.add(row));
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
            rowBuffers.forEach(buffer -> buffer.add(failedRecord));
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
        return rows > 0 || failures > 0 || sources > 0;
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

    /** In the order of {@link Destinations#all}. */
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
                settings.destinations().writeBound(),
                BatchState.NONE,
                "");
    }

    OutcomeCounts counts() {
        return new OutcomeCounts(records, rows, dropped, failed);
    }
}
