package dev.clickstream.consumer.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Spreads rows over objects: one per prefix, and another part where one would grow too large by uncompressed bytes, so
 * that another compression makes no other parts. Not thread-safe.
 */
final class BatchObjects {
    private final Compression compression;
    private final byte[] delimiter;
    private final long maxObjectBytes;
    private final Map<Place, ObjectWriter> objects = new LinkedHashMap<>();
    private final Map<String, Integer> parts = new LinkedHashMap<>();

    BatchObjects(Compression compression, byte[] delimiter, long maxObjectBytes) {
        this.compression = compression;
        this.delimiter = delimiter;
        this.maxObjectBytes = maxObjectBytes;
    }

    /**
     * Where an object lies.
     *
     * @param prefix evaluated
     * @param part from 0
     */
    record Place(String prefix, int part) {}

    void add(String prefix, byte[] row) {
        int part = parts.getOrDefault(prefix, 0);
        ObjectWriter current = objects.get(new Place(prefix, part));
        if (current != null && current.bytes() + row.length + delimiter.length > maxObjectBytes) {
            part++;
            parts.put(prefix, part);
            current = null;
        }
        if (current == null) {
            current = new ObjectWriter(compression, delimiter);
            objects.put(new Place(prefix, part), current);
        }
        current.add(row);
    }

    void close(BiConsumer<Place, ObjectWriter.Written> each) {
        objects.forEach((place, writer) -> each.accept(place, writer.close()));
    }
}
