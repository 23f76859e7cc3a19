package dev.clickstream.cloudfront;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which fields a real-time log record holds, in order. Immutable and thread-safe.
 *
 * <p>A record says nothing of its own fields: they are those of the distribution's RealtimeLogConfig, in the order in
 * which GetRealtimeLogConfig answers them, and that order is given here.
 */
public final class RealTimeLogFormat {

    private final List<String> fields;
    private final Map<String, Integer> columns = new HashMap<>();
    private final FieldType[] types;
    private final int[] typedColumns;

    private RealTimeLogFormat(List<String> fields) {
        this.fields = List.copyOf(fields);
        for (String field : this.fields) {
            if (field.isBlank()) {
                throw new IllegalArgumentException("field " + (columns.size() + 1) + " has no name");
            }
            if (columns.put(field, columns.size()) != null) {
                throw new IllegalArgumentException("the field " + field + " stands twice");
            }
        }
        if (this.fields.isEmpty()) {
            throw new IllegalArgumentException("a real-time log has at least one field");
        }
        this.types = this.fields.stream().map(FieldType::of).toArray(FieldType[]::new);
        this.typedColumns = IntStream.range(0, types.length)
                .filter(column -> types[column] != FieldType.TEXT)
                .toArray();
    }

    /**
     * The format of these fields in this order; names that this version does not know are fine, and their values text.
     *
     * @param fields such as {@code timestamp}, {@code c-ip}, {@code sc-status}
     * @return the format
     * @throws IllegalArgumentException if there is none, or one has no name or stands twice
     */
    public static RealTimeLogFormat of(List<String> fields) {
        return new RealTimeLogFormat(fields);
    }

    /**
     * The fields in order.
     *
     * @return unmodifiable, at least one
     */
    public List<String> fields() {
        return fields;
    }

    /**
     * Where a field stands.
     *
     * @param field its name
     * @return its column from 0 on, or -1 if the format does not hold it
     */
    public int column(String field) {
        return columns.getOrDefault(field, -1);
    }

    FieldType type(int column) {
        return types[column];
    }

    /** The columns whose values can be told right from wrong; not to be changed. */
    int[] typedColumns() {
        return typedColumns;
    }

    @Override
    public String toString() {
        return "RealTimeLogFormat" + fields;
    }
}
