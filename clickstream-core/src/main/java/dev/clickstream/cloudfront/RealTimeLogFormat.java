package dev.clickstream.cloudfront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final int FULL = 100;

    private final List<String> fields;
    private final int samplingRate;
    private final Map<String, Integer> columns = new HashMap<>();
    private final FieldType[] types;
    private final int[] typedColumns;

    private RealTimeLogFormat(List<String> fields, int samplingRate) {
        if (samplingRate < 1 || samplingRate > FULL) {
            throw new IllegalArgumentException("a sampling rate is 1 to 100 percent, not " + samplingRate);
        }
        this.samplingRate = samplingRate;
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
        this.types = this.fields.stream().map(LogFields::type).toArray(FieldType[]::new);
        this.typedColumns = IntStream.range(0, types.length)
                .filter(column -> types[column].isChecked())
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
        return new RealTimeLogFormat(fields, FULL);
    }

    /**
     * The format of a RealtimeLogConfig, its sampling rate too.
     *
     * @param json what {@code aws cloudfront get-realtime-log-config} answers, or the configuration inside it
     * @return the format
     * @throws IllegalArgumentException if that is not there; the message says what
     */
    public static RealTimeLogFormat fromConfiguration(String json) {
        JsonNode root;
        try {
            root = new JsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a RealtimeLogConfig is JSON: " + e.getOriginalMessage());
        }
        JsonNode config = root.has("RealtimeLogConfig") ? root.path("RealtimeLogConfig") : root;
        List<String> fields = new ArrayList<>();
        config.path("Fields").forEach(field -> fields.add(field.asText()));
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a RealtimeLogConfig has an array Fields, not empty");
        }
        JsonNode rate = config.path("SamplingRate");
        if (!rate.isMissingNode() && !rate.isInt()) {
            throw new IllegalArgumentException("SamplingRate is a whole number of percent");
        }
        return new RealTimeLogFormat(fields, rate.asInt(FULL));
    }

    /**
     * The format of fields as somebody chose them, in any order: the service delivers them in its own.
     *
     * @param names fields that this version knows
     * @return the format
     * @throws IllegalArgumentException if a name is not known, so that nobody can say where its column is; or as {@link
     *     #of}
     */
    public static RealTimeLogFormat fromConfigured(List<String> names) {
        List<String> order = LogFields.inOrder();
        List<String> unknown =
                names.stream().filter(name -> !order.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("not known, so their place is not either: " + unknown
                    + "; give the order of GetRealtimeLogConfig to of()");
        }
        return of(names.stream().sorted(Comparator.comparingInt(order::indexOf)).toList());
    }

    /**
     * The same fields of a log that holds a part of the requests.
     *
     * @param percent 1 to 100, as the RealtimeLogConfig says
     * @return a new format
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public RealTimeLogFormat withSamplingRate(int percent) {
        return new RealTimeLogFormat(fields, percent);
    }

    /**
     * How many of a hundred requests are in the log. Default: 100.
     *
     * @return percent, 1 to 100
     */
    public int samplingRate() {
        return samplingRate;
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
        return "RealTimeLogFormat" + fields + (samplingRate < FULL ? " " + samplingRate + " %" : "");
    }
}
