package dev.clickstream.cloudfront;

import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request's path, without its query, in segments. They are cut before they are decoded, so that an escaped slash stays
 * inside its segment; and decoded, both layers, when one is asked for.
 */
final class RequestPath {

    private final RealTimeLogReader line;
    private final int column;
    /** Where segments start, and one more: where the one after the last would. */
    private int[] starts = new int[16];

    private @Nullable String[] segments = new @Nullable String[15];
    private int count;

    RequestPath(RealTimeLogReader line, int column) {
        this.line = line;
        this.column = column;
    }

    /** Goes to the path between these bytes; one that does not begin with a slash has no segments. */
    void reset(int start, int end) {
        Arrays.fill(segments, 0, count, null);
        count = 0;
        byte[] data = line.data();
        if (start == end || data[start] != '/') {
            return;
        }
        for (int i = start; i < end; i++) {
            if (data[i] == '/') {
                start(count++, i + 1);
            }
        }
        start(count, end + 1);
    }

    private void start(int segment, int start) {
        if (segment >= segments.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            segments = Arrays.copyOf(segments, starts.length - 1);
        }
        starts[segment] = start;
    }

    /** How many segments; {@code /} has one, which is empty. */
    int count() {
        return count;
    }

    /** A segment; with broken escapes it is empty, and that is the line's problem. */
    String segment(int index) {
        String segment = segments[index];
        if (segment == null) {
            String text = line.text(column, starts[index], starts[index + 1] - 1, Layers.TWO);
            segment = text == null ? "" : text;
            segments[index] = segment;
        }
        return segment;
    }
}
