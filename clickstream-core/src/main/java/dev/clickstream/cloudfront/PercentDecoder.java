package dev.clickstream.cloudfront;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Percent escapes, taken strictly and never as a form: a plus stays a plus. Not thread-safe: its buffers are used again.
 *
 * <p>The outer layer is CloudFront's own, so a fault in it is the record's. An inner layer is what the viewer sent, and
 * may be anything: if it is broken, the text stays as the viewer sent it.
 */
final class PercentDecoder {

    /** What was wrong with the outer layer. */
    enum Fault {
        BROKEN_ESCAPE("broken_escape", "a percent sign without two hexadecimal digits"),
        BROKEN_UTF8("broken_utf8", "bytes that are not UTF-8"),
        CONTROL_BYTE("control_byte", "a control byte that CloudFront would have escaped");

        final String code;
        final String words;

        Fault(String code, String words) {
            this.code = code;
            this.words = words;
        }
    }

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SPACES = 0x2020_2020_2020_2020L;
    private static final long PERCENTS = 0x2525_2525_2525_2525L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** What a hexadecimal digit is worth, negative for all else. */
    private static final byte[] HEX = new byte[256];

    static {
        Arrays.fill(HEX, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            HEX[Character.forDigit(digit, 16)] = (byte) digit;
            HEX[Character.toUpperCase(Character.forDigit(digit, 16))] = (byte) digit;
        }
    }

    private byte[] buffer = new byte[512];
    private byte[] innerBuffer = new byte[0];
    private @Nullable Fault fault;
    private boolean innerBroken;

    /** Why the last text is null. */
    @Nullable
    Fault fault() {
        return fault;
    }

    /** Whether the last text's inner layer was broken and left as it was. */
    boolean innerBroken() {
        return innerBroken;
    }

    /** The text with one layer taken off, or null and a {@link #fault}. */
    @Nullable
    String once(byte[] data, int start, int end) {
        return decode(data, start, end, false);
    }

    /** The text with both layers taken off, or null and a {@link #fault}. */
    @Nullable
    String twice(byte[] data, int start, int end) {
        return decode(data, start, end, true);
    }

    private @Nullable String decode(byte[] data, int start, int end, boolean inner) {
        fault = null;
        innerBroken = false;
        int plain = plainEnd(data, start, end);
        if (plain == end) {
            return new String(data, start, end - start, StandardCharsets.ISO_8859_1);
        }
        int length = outer(data, start, end);
        String text = length < 0 ? null : utf8(buffer, length);
        if (length >= 0 && text == null) {
            fault = Fault.BROKEN_UTF8;
        }
        return text == null || !inner || text.indexOf('%') < 0 ? text : inner(text, length);
    }

    /** Where the bytes end that mean themselves: printable ASCII but the percent sign. Eight at a time. */
    private static int plainEnd(byte[] data, int start, int end) {
        int i = start;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            int plain = plainBytes((long) WORDS.get(data, i));
            if (plain < Long.BYTES) {
                return i + plain;
            }
        }
        while (i < end && data[i] >= 0x20 && data[i] != '%') {
            i++;
        }
        return i;
    }

    /** How many bytes of a word mean themselves, up to the first that does not. */
    private static int plainBytes(long word) {
        long percent = word ^ PERCENTS;
        // Borrows go upwards only, so that the lowest hit is a true one.
        long hits = (word | ((word - SPACES) & ~word) | ((percent - ONES) & ~percent)) & HIGH_BITS;
        return Long.numberOfTrailingZeros(hits) >>> 3; // 8 if there is none
    }

    private int outer(byte[] data, int start, int end) {
        buffer = room(buffer, end - start);
        return unescape(data, start, end, buffer, true);
    }

    private String inner(String text, int outerLength) {
        innerBuffer = room(innerBuffer, outerLength);
        int length = unescape(buffer, 0, outerLength, innerBuffer, false);
        String decoded = length < 0 ? null : utf8(innerBuffer, length);
        innerBroken = decoded == null;
        return decoded == null ? text : decoded;
    }

    /** With a word more than is needed, so that whole words can be written. */
    private static byte[] room(byte[] buffer, int size) {
        int needed = size + Long.BYTES;
        return buffer.length >= needed ? buffer : new byte[Math.max(needed, buffer.length * 2)];
    }

    /** Gives back how much was written, or -1 if it is broken. Plain bytes are copied in the words that were looked at. */
    private int unescape(byte[] data, int start, int end, byte[] to, boolean isOuter) {
        int length = 0;
        int i = start;
        while (i < end) {
            if (i <= end - Long.BYTES) {
                long word = (long) WORDS.get(data, i);
                WORDS.set(to, length, word);
                int plain = plainBytes(word);
                i += plain;
                length += plain;
                if (plain == Long.BYTES) {
                    continue;
                }
            }
            byte b = data[i++];
            if (b == '%') {
                int escaped = i + 1 < end ? HEX[data[i] & 0xFF] << 4 | HEX[data[i + 1] & 0xFF] : -1;
                if (escaped < 0) {
                    return broken(isOuter, Fault.BROKEN_ESCAPE);
                }
                b = (byte) escaped;
                i += 2;
            } else if (isOuter && b >= 0 && b < ' ') {
                return broken(true, Fault.CONTROL_BYTE);
            }
            to[length++] = b;
        }
        return length;
    }

    private int broken(boolean isOuter, Fault why) {
        fault = isOuter ? why : fault;
        return -1;
    }

    private static @Nullable String utf8(byte[] buffer, int length) {
        String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        // Either a replacement for what is broken, or one that really stands there.
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, 0, length));
            return text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
