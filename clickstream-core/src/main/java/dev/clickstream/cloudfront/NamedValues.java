package dev.clickstream.cloudfront;

import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Names with values in one column, found when they are asked for. Cut before anything is decoded, so that no value can
 * forge a name.
 */
final class NamedValues {

    enum Kind {
        /** {@code a=1&b=2} */
        QUERY("&", '='),
        /** {@code a=1;%20b=2} */
        COOKIE(";", '='),
        /** {@code a:1%0Ab:2%0A}, names in any case. */
        HEADER("%0A", ':');

        private final String separator;
        private final char assignment;

        Kind(String separator, char assignment) {
            this.separator = separator;
            this.assignment = assignment;
        }
    }

    private final RealTimeLogReader line;
    private final Kind kind;
    private int column;
    private int start;
    private int end;
    private int nameStart;
    private int nameEnd;
    private int valueEnd;

    NamedValues(RealTimeLogReader line, Kind kind) {
        this.line = line;
        this.kind = kind;
    }

    /** Goes to a column of the line; one without a value holds no names. */
    void reset(int inColumn) {
        boolean has = line.has(inColumn);
        reset(inColumn, has ? line.start(inColumn) : 0, has ? line.end(inColumn) : 0);
    }

    void reset(int inColumn, int from, int to) {
        this.column = inColumn;
        this.start = from;
        this.end = to;
    }

    boolean holds(String name, Layers layers) {
        return find(name, layers, value -> true);
    }

    /** The first value of this name, decoded; empty if it has none, null if the name does not occur or is broken. */
    @Nullable
    String first(String name, Layers layers) {
        return find(name, layers, value -> true) ? value(layers) : null;
    }

    /** All values of this name in order, decoded; those that are broken are left out. */
    List<String> all(String name, Layers layers) {
        List<String> all = new ArrayList<>();
        find(name, layers, ignored -> {
            String value = value(layers);
            return value != null && !all.add(value);
        });
        return all;
    }

    /** All names in order, decoded once. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int from = start; from < end; ) {
            from = next(from);
            String name = line.text(column, nameStart, nameEnd, Layers.ONE);
            if (name != null && nameEnd > nameStart) {
                names.add(name);
            }
        }
        return names;
    }

    private @Nullable String value(Layers layers) {
        return line.text(column, Math.min(nameEnd + 1, valueEnd), valueEnd, layers);
    }

    /** Whether one of this name was found that is enough. */
    private boolean find(String name, Layers layers, Predicate<String> enough) {
        for (int from = start; from < end; ) {
            int next = next(from);
            if (isName(name, layers) && enough.test(name)) {
                return true;
            }
            from = next;
        }
        return false;
    }

    /** Notes the name and the value that begin here, and gives back where the next ones do. */
    private int next(int from) {
        byte[] data = line.data();
        valueEnd = separator(from);
        nameStart = from;
        if (kind == Kind.COOKIE) {
            while (nameStart + 2 < valueEnd
                    && data[nameStart] == '%'
                    && data[nameStart + 1] == '2'
                    && data[nameStart + 2] == '0') {
                nameStart += 3;
            }
        }
        nameEnd = indexOf(data, kind.assignment, nameStart, valueEnd);
        return valueEnd + kind.separator.length();
    }

    private int separator(int from) {
        byte[] data = line.data();
        char first = kind.separator.charAt(0);
        boolean alone = kind.separator.length() == 1;
        for (int i = from; i < end; i++) {
            if (data[i] == first
                    && (alone || (i + 2 < end && data[i + 1] == '0' && (data[i + 2] == 'A' || data[i + 2] == 'a')))) {
                return i;
            }
        }
        return end;
    }

    private boolean isName(String name, Layers layers) {
        byte[] data = line.data();
        if (indexOf(data, '%', nameStart, nameEnd) < nameEnd) {
            return equal(name, line.text(column, nameStart, nameEnd, layers));
        }
        boolean same = nameEnd - nameStart == name.length();
        for (int i = 0; same && i < name.length(); i++) {
            same = equal(name.charAt(i), (char) data[nameStart + i]);
        }
        return same;
    }

    private boolean equal(char a, char b) {
        return a == b || (kind == Kind.HEADER && Character.toLowerCase(a) == Character.toLowerCase(b));
    }

    private boolean equal(String name, @Nullable String found) {
        return kind == Kind.HEADER ? name.equalsIgnoreCase(found) : name.equals(found);
    }

    private static int indexOf(byte[] data, char c, int from, int to) {
        int i = from;
        while (i < to && data[i] != c) {
            i++;
        }
        return i;
    }
}
