package dev.clickstream.cloudfront;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the lines of a real-time log record. Not thread-safe: one instance per thread, used again and again.
 *
 * <p>{@link #next} finds a line's tabs in one pass and allocates nothing; a value is taken out, and its percent escapes
 * decoded, only when it is asked for. A single {@code -} is no value. No input makes a method throw: what is wrong with
 * a line is its {@link #problem}.
 */
public final class RealTimeLogReader {

    /**
     * The longest line that is read, in bytes: {@value}. CloudFront logs no URL over 8,192 bytes and no headers over 20
     * KB, so that even with every byte escaped a real line is far below.
     */
    public static final int MAX_LINE_BYTES = 1024 * 1024;

    /**
     * What is wrong with a line, without any of its content.
     *
     * @param code {@code empty_line}, {@code too_long}, {@code too_few_columns}, {@code format_mismatch}, {@code
     *     bad_value}, {@code broken_escape}, {@code broken_utf8} or {@code control_byte}
     * @param message the same in words, with field names and numbers
     */
    public record Problem(String code, String message) {}

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
    private static final long TABS = 0x0909_0909_0909_0909L;
    /** Brings the lowest bits of eight bytes together in the highest byte. */
    private static final long GATHER = 0x0102_0408_1020_4080L;

    private static final long ALL_BUT_TWO_BITS = 0xFCFC_FCFC_FCFC_FCFCL;

    private final RealTimeLogFormat format;
    private final PercentDecoder decoder;
    /** Where each column starts, and one more: where the column after the last would start. */
    private final int[] starts;

    private byte[] data = new byte[0];
    private int position;
    private int limit;
    private boolean started;
    private int lineStart;
    private int lineEnd;
    private int columns;
    private boolean checked;
    private @Nullable Problem problem;

    /**
     * A cursor over nothing yet.
     *
     * @param format the fields that lines hold
     */
    public RealTimeLogReader(RealTimeLogFormat format) {
        this.format = Objects.requireNonNull(format, "format");
        this.decoder = new PercentDecoder();
        this.starts = new int[format.fields().size() + 1];
    }

    /**
     * Goes before the first line of a record. The array is read in place and must not change meanwhile.
     *
     * @param record one or several lines, with or without a final newline
     */
    public void reset(byte[] record) {
        reset(record, 0, record.length);
    }

    /**
     * Goes before the first line of a record. A buffer with an array is read in place and must not change meanwhile; of
     * another a copy is made. Its position stays.
     *
     * @param record one or several lines from its position to its limit
     */
    public void reset(ByteBuffer record) {
        if (record.hasArray()) {
            int start = record.arrayOffset() + record.position();
            reset(record.array(), start, start + record.remaining());
        } else {
            byte[] copy = new byte[record.remaining()];
            record.duplicate().get(copy);
            reset(copy);
        }
    }

    private void reset(byte[] record, int from, int to) {
        this.data = record;
        this.position = from;
        this.limit = to;
        this.started = false;
        this.columns = 0;
    }

    /**
     * Goes to the next line.
     *
     * @return false if there is none; an empty record has one line, an empty one
     */
    public boolean next() {
        if (started && position >= limit) {
            columns = 0;
            return false;
        }
        started = true;
        checked = false;
        problem = null;
        lineStart = position;
        starts[0] = position;
        int newline = index(position);
        columns++;
        lineEnd = newline > lineStart && data[newline - 1] == '\r' ? newline - 1 : newline;
        if (columns < starts.length) {
            starts[columns] = lineEnd + 1;
        }
        position = newline + 1;
        return true;
    }

    /** Notes where columns start, counts the tabs, and gives back where the line ends. */
    private int index(int from) {
        int i = from;
        columns = 0;
        for (; i <= limit - Long.SIZE; i += Long.SIZE) {
            int newline = columns(i, block(i));
            if (newline >= 0) {
                return newline;
            }
        }
        for (; i < limit && data[i] != '\n'; i++) {
            if (data[i] == '\t') {
                column(++columns, i + 1);
            }
        }
        return i;
    }

    /** Notes the columns that start in a block, up to the newline that is given back, or -1 if there is none. */
    private int columns(int block, long hits) {
        int tabs = columns;
        for (long rest = hits; rest != 0; rest &= rest - 1) {
            int at = block + Long.numberOfTrailingZeros(rest);
            if (data[at] == '\t') {
                column(++tabs, at + 1);
            } else if (data[at] == '\n') {
                columns = tabs;
                return at;
            }
        }
        columns = tabs;
        return -1;
    }

    /** A bit for each of 64 bytes: a loop over its ones ends unforeseen once, and not eight times. */
    private long block(int at) {
        long hits = 0;
        for (int word = 0; word < Long.BYTES; word++) {
            long high = tabsAndNewlines((long) WORDS.get(data, at + word * Long.BYTES));
            hits |= (((high >>> 7) * GATHER) >>> 56) << (word * Long.BYTES);
        }
        return hits;
    }

    /**
     * The high bit of each byte that is 8, 9, 10 or 11: a tab, a newline, or one of two that CloudFront escapes. No carry
     * crosses a byte, so no hit is false.
     */
    private static long tabsAndNewlines(long word) {
        long zeroIfHit = (word ^ TABS) & ALL_BUT_TWO_BITS;
        return ~(((zeroIfHit & LOW_BITS) + LOW_BITS) | zeroIfHit | LOW_BITS);
    }

    private void column(int column, int start) {
        if (column < starts.length) {
            starts[column] = start;
        }
    }

    /**
     * What is wrong with the line: with its columns, with a value whose type is known, or with a text that was asked for
     * so far. After {@code too_few_columns} and {@code format_mismatch} values may be taken from the wrong column.
     *
     * @return null if nothing is
     */
    public @Nullable Problem problem() {
        if (!checked) {
            checked = true;
            Problem found = check();
            problem = found == null ? problem : found;
        }
        return problem;
    }

    private @Nullable Problem check() {
        int length = lineEnd - lineStart;
        if (length == 0) {
            return new Problem("empty_line", "nothing in it");
        }
        if (length > MAX_LINE_BYTES) {
            return new Problem("too_long", length + " bytes, at most " + MAX_LINE_BYTES + " are read");
        }
        int expected = format.fields().size();
        if (columns < expected) {
            return new Problem("too_few_columns", columns + " columns, the format has " + expected);
        }
        for (int column : format.typedColumns()) {
            FieldType type = format.type(column);
            if (has(column) && !type.fits(data, start(column), end(column))) {
                return misfit(column, type);
            }
        }
        return null;
    }

    private Problem misfit(int column, FieldType type) {
        String message = format.fields().get(column) + " is not " + type.words();
        int expected = format.fields().size();
        return columns == expected
                ? new Problem("bad_value", message)
                : new Problem(
                        "format_mismatch",
                        columns + " columns, the format has " + expected + ", and " + message
                                + ": the log's configuration was edited");
    }

    /**
     * How many columns the line has.
     *
     * @return at least 1
     */
    public int columns() {
        return columns;
    }

    /**
     * How many columns the line has beyond the format's: fields that were added to the log's configuration.
     *
     * @return 0 or more
     */
    public int unknownColumns() {
        return Math.max(0, columns - format.fields().size());
    }

    /**
     * The values of the columns beyond the format's, as CloudFront wrote them.
     *
     * @return in order, separated by tabs, or null if there are none
     */
    public @Nullable String unknown() {
        if (unknownColumns() == 0) {
            return null;
        }
        int start = starts[starts.length - 1];
        return new String(data, start, lineEnd - start, StandardCharsets.UTF_8);
    }

    /**
     * The line as it came, without its newline.
     *
     * @return a new array
     */
    public byte[] line() {
        return Arrays.copyOfRange(data, lineStart, lineEnd);
    }

    /** The line and all that comes after it. */
    byte[] rest() {
        return Arrays.copyOfRange(data, lineStart, limit);
    }

    /**
     * A value as CloudFront wrote it, escapes and all.
     *
     * @param field the field's name
     * @return null if the format does not hold the field, or the line has no value there
     */
    public @Nullable String raw(String field) {
        int column = format.column(field);
        return has(column)
                ? new String(data, start(column), end(column) - start(column), StandardCharsets.UTF_8)
                : null;
    }

    /**
     * A value with CloudFront's percent escapes decoded.
     *
     * @param field the field's name
     * @return null if there is no value, or if its escapes or its UTF-8 are broken, which then is the line's {@link
     *     #problem}
     */
    public @Nullable String text(String field) {
        return text(format.column(field));
    }

    @Nullable
    String text(int column) {
        return has(column) ? text(column, start(column), end(column), Layers.ONE) : null;
    }

    /** How often a text is decoded. */
    public enum Layers {
        /** CloudFront's layer alone. */
        ONE,
        /** The viewer's own inside it too; where that is broken, it stays as it was sent. */
        TWO
    }

    /** A part of a column's value, decoded; what is broken becomes the line's problem. */
    @Nullable
    String text(int column, int start, int end, Layers layers) {
        boolean maybeCut = format.type(column) == FieldType.CUT_TEXT && end == end(column);
        int whole = maybeCut && end - start(column) >= CutText.SHORTEST ? CutText.end(data, start, end) : end;
        String text = layers == Layers.ONE ? decoder.once(data, start, whole) : decoder.twice(data, start, whole);
        PercentDecoder.Fault fault = decoder.fault();
        if (fault != null && problem == null) {
            problem = new Problem(fault.code, format.fields().get(column) + " holds " + fault.words);
        }
        return text;
    }

    /** Whether the last text decoded with two layers is as the viewer sent it, because the viewer's own was broken. */
    boolean innerBroken() {
        return decoder.innerBroken();
    }

    /** Whether the line has a value in a column; no line has one in column -1. */
    boolean has(int column) {
        if (column < 0 || column >= columns || column >= starts.length - 1) {
            return false;
        }
        int length = end(column) - start(column);
        return length > 1 || (length == 1 && data[start(column)] != '-');
    }

    RealTimeLogFormat format() {
        return format;
    }

    byte[] data() {
        return data;
    }

    int start(int column) {
        return starts[column];
    }

    int end(int column) {
        return starts[column + 1] - 1;
    }
}
