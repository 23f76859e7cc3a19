package dev.clickstream.cloudfront;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the lines of a real-time log record. Not thread-safe: one instance per thread, used again and again.
 *
 * <p>{@link #next} finds a line's tabs in one pass and allocates nothing; a value is taken out, and its percent escapes
 * decoded, only when it is asked for. A single {@code -} is no value. A line that does not fit the format is still
 * stepped onto, with {@link #problem} saying why; no input makes a method throw.
 */
public final class RealTimeLogReader {

    /** The longest line that is read, in bytes: no Kinesis record is larger. */
    public static final int MAX_LINE_BYTES = 10 * 1024 * 1024;

    private final RealTimeLogFormat format;
    private final int[] starts;
    private byte[] data = new byte[0];
    private int position;
    private int limit;
    private int lineStart;
    private int lineEnd;
    private int columns;

    /**
     * A cursor over nothing yet.
     *
     * @param format the fields that lines hold
     */
    public RealTimeLogReader(RealTimeLogFormat format) {
        this.format = format;
        this.starts = new int[format.fields().size() + 1];
    }

    /**
     * Goes before the first line of a record. The array is read in place and must not change meanwhile.
     *
     * @param record one or several lines, with or without a final newline
     */
    public void reset(byte[] record) {
        this.data = record;
        this.position = 0;
        this.limit = record.length;
    }

    /**
     * Goes to the next line.
     *
     * @return false if there is none; an empty record has one line, an empty one
     */
    public boolean next() {
        if (position >= limit && !(limit == 0 && position == 0)) {
            return false;
        }
        lineStart = position;
        columns = 0;
        starts[0] = position;
        int i = position;
        for (; i < limit && data[i] != '\n'; i++) {
            if (data[i] == '\t') {
                columns++;
                if (columns < starts.length) {
                    starts[columns] = i + 1;
                }
            }
        }
        columns++;
        lineEnd = i > lineStart && data[i - 1] == '\r' ? i - 1 : i;
        if (columns < starts.length) {
            starts[columns] = lineEnd + 1;
        }
        position = i + 1;
        return true;
    }

    /**
     * Why the line cannot be read by the format.
     *
     * @return {@code empty}, {@code too_long} or {@code too_few_fields}, or null if it can
     */
    public @Nullable String problem() {
        if (lineEnd == lineStart) {
            return "empty";
        }
        if (lineEnd - lineStart > MAX_LINE_BYTES) {
            return "too_long";
        }
        return columns < format.fields().size() ? "too_few_fields" : null;
    }

    /**
     * How many columns the line has; more than the format's fields are kept in {@link #line} only.
     *
     * @return at least 1
     */
    public int columns() {
        return columns;
    }

    /**
     * The line as it came, without its newline.
     *
     * @return a new array
     */
    public byte[] line() {
        return Arrays.copyOfRange(data, lineStart, lineEnd);
    }

    /**
     * A value as CloudFront wrote it, escapes and all.
     *
     * @param field the field's name
     * @return null if the format does not hold the field, or the line has no value there
     */
    public @Nullable String raw(String field) {
        int column = column(field);
        return column < 0 ? null : new String(data, start(column), end(column) - start(column), StandardCharsets.UTF_8);
    }

    /**
     * A value with its percent escapes decoded once.
     *
     * @param field the field's name
     * @return null if there is no value, or if its escapes or its UTF-8 are broken
     */
    public @Nullable String text(String field) {
        int column = column(field);
        return column < 0 ? null : PercentEncoding.decode(data, start(column), end(column));
    }

    /** The column of a field that has a value in this line, or -1. */
    private int column(String field) {
        int column = format.column(field);
        if (column < 0 || column >= columns) {
            return -1;
        }
        boolean nothing = end(column) - start(column) == 1 && data[start(column)] == '-';
        return nothing ? -1 : column;
    }

    private int start(int column) {
        return starts[column];
    }

    private int end(int column) {
        return starts[column + 1] - 1;
    }
}
