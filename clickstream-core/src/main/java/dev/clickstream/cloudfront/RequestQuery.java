package dev.clickstream.cloudfront;

import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request's query parameters, found when they are asked for. Cut at {@code &} and {@code =} before anything is decoded;
 * of a name that comes several times, the first counts.
 */
final class RequestQuery {

    private final RealTimeLogReader line;
    private final Layers layers;
    private int column;
    private int start;
    private int end;
    private int valueStart;
    private int valueEnd;

    RequestQuery(RealTimeLogReader line, Layers layers) {
        this.line = line;
        this.layers = layers;
    }

    /** Goes to the query between these bytes of a column, without its question mark. */
    void reset(int inColumn, int from, int to) {
        this.column = inColumn;
        this.start = from;
        this.end = to;
    }

    boolean holds(String name) {
        return find(name);
    }

    /** The first value of this name, decoded; empty if it has none, null if the name does not occur or is broken. */
    @Nullable
    String first(String name) {
        return find(name) ? line.text(column, valueStart, valueEnd, layers) : null;
    }

    private boolean find(String name) {
        byte[] data = line.data();
        for (int from = start; from < end; ) {
            int to = indexOf(data, '&', from, end);
            int equals = indexOf(data, '=', from, to);
            if (isName(name, from, equals)) {
                valueStart = Math.min(equals + 1, to);
                valueEnd = to;
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    private boolean isName(String name, int from, int to) {
        byte[] data = line.data();
        if (indexOf(data, '%', from, to) < to) {
            return name.equals(line.text(column, from, to, layers));
        }
        return to - from == name.length() && name.equals(new String(data, from, to - from, StandardCharsets.UTF_8));
    }

    private static int indexOf(byte[] data, char c, int from, int to) {
        int i = from;
        while (i < to && data[i] != c) {
            i++;
        }
        return i;
    }
}
