package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.Batch;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.FailedRecord;
import dev.clickstream.consumer.ManifestEntry;
import dev.clickstream.consumer.Row;
import dev.clickstream.consumer.SinkBuffer;
import dev.clickstream.consumer.WriteWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A batch's objects, one for each prefix, compressed as rows come. Not thread-safe. */
final class S3Buffer implements SinkBuffer {
    private static final int ENTRY_DIGEST_CHARACTERS = 32;
    private static final byte[] NEWLINE = {'\n'};

    private final S3Layout layout;
    private final ObjectStore store;
    private final BatchId id;
    private final Instant firstArrival;
    private final Map<String, ObjectWriter> rows = new LinkedHashMap<>();
    private final Map<String, ObjectWriter> errors = new LinkedHashMap<>();
    private final List<Sealed> sealed = new ArrayList<>();
    private final Placement placement;
    private final RowLines lines;
    private long bytes;

    S3Buffer(S3Layout layout, ObjectStore store, BatchId id, Instant firstArrival) {
        this.layout = layout;
        this.store = store;
        this.id = id;
        this.firstArrival = firstArrival;
        this.placement = new Placement(layout, id);
        this.lines = layout.format().lines(id);
    }

    @Override
    public void add(Row row) {
        Placement.Place place = placement.of(row);
        byte[] line = lines.of(row);
        if (place instanceof Placement.Place.Nowhere nowhere) {
            add(failed(row, nowhere.errorCode(), nowhere.errorMessage()), ErrorObject.METADATA_EXTRACTION_FAILED);
        } else if (line == null) {
            add(
                    failed(row, ErrorObject.PARSE_ERROR_CODE, "the row is not a JSON object"),
                    ErrorObject.FORMAT_CONVERSION_FAILED);
        } else if (place instanceof Placement.Place.At at) {
            add(rows, at.prefix(), line, layout.delimiter());
        }
    }

    private static FailedRecord failed(Row row, String code, String message) {
        return new FailedRecord(
                row.sequenceNumber(), row.subSequenceNumber(), row.arrival(), row.data(), code, message);
    }

    @Override
    public void add(FailedRecord failed) {
        add(failed, ErrorObject.PROCESSING_FAILED);
    }

    private void add(FailedRecord failed, String errorOutputType) {
        add(errors, placement.of(failed, errorOutputType), ErrorObject.line(failed), NEWLINE);
    }

    private void add(Map<String, ObjectWriter> objects, String prefix, byte[] row, byte[] delimiter) {
        ObjectWriter writer = objects.computeIfAbsent(prefix, p -> new ObjectWriter(layout.compression(), delimiter));
        bytes -= writer.memoryBytes();
        writer.add(row);
        bytes += writer.memoryBytes();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int objects() {
        return rows.size() + errors.size();
    }

    @Override
    public List<ManifestEntry> seal() {
        seal("rows", rows);
        seal("errors", errors);
        return sealed.stream()
                .map(object -> new ManifestEntry(
                        store.uri(object.key), object.written.digest().substring(0, ENTRY_DIGEST_CHARACTERS)))
                .toList();
    }

    private void seal(String kind, Map<String, ObjectWriter> objects) {
        objects.forEach((prefix, writer) -> {
            ObjectKey key = new ObjectKey(id, layout.sinkName() + " " + kind, prefix);
            sealed.add(new Sealed(key.at(firstArrival, layout.zone(), layout.extension()), writer.close()));
        });
        objects.clear();
    }

    @Override
    public void deliver(Batch.Content content, WriteWindow window) {
        while (!sealed.isEmpty()) {
            Sealed next = sealed.get(sealed.size() - 1);
            store.put(next.key, next.written, layout.compression().contentEncoding(), content, window::left);
            sealed.remove(sealed.size() - 1); // it is there: the next round begins behind it
        }
    }

    /** An object that only has to be put. */
    private record Sealed(String key, ObjectWriter.Written written) {}
}
