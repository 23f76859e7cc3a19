package dev.clickstream.consumer.s3;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes one line of a JSON object. */
final class JsonLine {
    private JsonLine() {}

    /** Itself if it is a line already; null if it is no object. */
    static byte @Nullable [] of(byte[] row) {
        int from = 0;
        int to = row.length;
        while (from < to && isSpace(row[from])) {
            from++;
        }
        while (from < to && isSpace(row[to - 1])) {
            to--;
        }
        if (to - from < 2 || row[from] != '{' || row[to - 1] != '}') {
            return null;
        }
        boolean whole = from == 0 && to == row.length;
        return joined(whole ? row : Arrays.copyOfRange(row, from, to), whole);
    }

    private static byte[] joined(byte[] line, boolean isShared) {
        byte[] joined = line;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                joined = joined == line && isShared ? line.clone() : joined;
                joined[i] = ' ';
            }
        }
        return joined;
    }

    /** With members at its end. */
    static byte[] with(byte[] line, byte[] members) {
        boolean isEmpty = isEmptyObject(line);
        int end = line.length - 1;
        byte[] longer = Arrays.copyOf(line, line.length + members.length + (isEmpty ? 0 : 1));
        if (!isEmpty) {
            longer[end++] = ',';
        }
        System.arraycopy(members, 0, longer, end, members.length);
        longer[longer.length - 1] = '}';
        return longer;
    }

    private static boolean isEmptyObject(byte[] line) {
        for (int i = 1; i < line.length - 1; i++) {
            if (!isSpace(line[i])) {
                return false;
            }
        }
        return true;
    }

    /** JSON's white space. */
    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
