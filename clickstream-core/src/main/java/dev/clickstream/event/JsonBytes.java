package dev.clickstream.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** A growing buffer of JSON in UTF-8. Text is escaped only where JSON demands it. */
final class JsonBytes {

    /** Half a surrogate pair would make the JSON unreadable for most. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** What follows the backslash, 0 where nothing must be escaped, 'u' where only a number will do. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        Arrays.fill(ESCAPES, 0, 0x20, (byte) 'u');
        ESCAPES['\b'] = 'b';
        ESCAPES['\t'] = 't';
        ESCAPES['\n'] = 'n';
        ESCAPES['\f'] = 'f';
        ESCAPES['\r'] = 'r';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
    }

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SPACES = 0x2020_2020_2020_2020L;
    private static final long QUOTES = 0x2222_2222_2222_2222L;
    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** From this length on a text is encoded by the platform. */
    private static final int LONG = 32;

    /** What most events fit into, and what is kept from one to the next at most. */
    private static final int FIRST = 1024;

    private static final int KEPT = 64 * 1024;

    private byte[] bytes = new byte[FIRST];
    private int length;

    /** Makes it empty, to be used again. */
    JsonBytes clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
        return this;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    JsonBytes raw(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    JsonBytes raw(byte[] ascii) {
        room(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    JsonBytes number(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            return raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
        }
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        return digits((int) value, count);
    }

    /** A comma, unless this is the first in its object or array. */
    JsonBytes comma() {
        byte last = bytes[length - 1];
        return last == '{' || last == '[' ? this : raw(',');
    }

    JsonBytes name(String name) {
        return comma().text(name).raw(':');
    }

    /** A string in quotes. */
    JsonBytes text(String text) {
        int size = text.length();
        if (size >= LONG) {
            return longText(text);
        }
        room(size + 2);
        bytes[length++] = '"';
        int plain = plain(text, size);
        length += plain;
        if (plain < size) {
            escaped(text, plain);
        } else {
            bytes[length++] = '"';
        }
        return this;
    }

    /** The platform encodes long texts faster than a loop can, and what must be escaped is found in words. */
    private JsonBytes longText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length + 2);
        bytes[length++] = '"';
        int done = 0;
        for (int at = special(utf8, 0); at < utf8.length; at = special(utf8, done)) {
            copy(utf8, done, at);
            // A byte for itself, six with its escape, and then the rest.
            room(utf8.length - at + 6);
            length = escape(bytes, length, (char) utf8[at]);
            done = at + 1;
        }
        copy(utf8, done, utf8.length);
        return raw('"');
    }

    private void copy(byte[] from, int start, int end) {
        room(end - start + 1);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    /** Where the first byte from here on stands that JSON demands to escape. */
    private static int special(byte[] utf8, int from) {
        int i = from;
        for (; i <= utf8.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(utf8, i);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            // Borrows go upwards only, so that the lowest hit is a true one.
            long hits = (((word - SPACES) & ~word) | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash))
                    & HIGH_BITS;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (i < utf8.length && (utf8[i] < 0 || ESCAPES[utf8[i]] == 0)) {
            i++;
        }
        return i;
    }

    /** Copies the ASCII that stands at the beginning, which mostly is all; gives back how much. */
    private int plain(String text, int size) {
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || ESCAPES[c] != 0) {
                return i;
            }
            to[at + i] = (byte) c;
        }
        return size;
    }

    private void escaped(String text, int from) {
        int size = text.length();
        // The longest that a character becomes is an escape of six bytes.
        room((size - from) * 6 + 1);
        byte[] to = bytes;
        int at = length;
        for (int i = from; i < size; i++) {
            char c = text.charAt(i);
            if (c < 0x80 && ESCAPES[c] == 0) {
                to[at++] = (byte) c;
            } else if (c < 0x80) {
                at = escape(to, at, c);
            } else if (Character.isHighSurrogate(c) && i + 1 < size && Character.isLowSurrogate(text.charAt(i + 1))) {
                at = supplementary(to, at, Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                at = multibyte(to, at, REPLACEMENT);
            } else {
                at = multibyte(to, at, c);
            }
        }
        to[at++] = '"';
        length = at;
    }

    private static int escape(byte[] to, int at, char c) {
        if (ESCAPES[c] == 'u') {
            return numberEscape(to, at, c);
        }
        to[at] = '\\';
        to[at + 1] = ESCAPES[c];
        return at + 2;
    }

    private static int numberEscape(byte[] to, int at, char c) {
        to[at] = '\\';
        to[at + 1] = 'u';
        for (int digit = 0; digit < 4; digit++) {
            to[at + 2 + digit] = HEX[(c >> (12 - 4 * digit)) & 0xF];
        }
        return at + 6;
    }

    private static int multibyte(byte[] to, int at, char c) {
        int next = at;
        if (c < 0x800) {
            to[next++] = (byte) (0xC0 | (c >> 6));
        } else {
            to[next++] = (byte) (0xE0 | (c >> 12));
            to[next++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        to[next++] = (byte) (0x80 | (c & 0x3F));
        return next;
    }

    private static int supplementary(byte[] to, int at, int codePoint) {
        to[at] = (byte) (0xF0 | (codePoint >> 18));
        to[at + 1] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        to[at + 2] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        to[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
        return at + 4;
    }

    /** An instant between the years 0 and 9999 as a string such as {@code "2026-01-31T23:59:59.999Z"}. */
    JsonBytes instant(long epochMillis) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, 86_400_000L));
        int milli = (int) Math.floorMod(epochMillis, 86_400_000L);
        raw('"').digits(date.getYear(), 4).raw('-').digits(date.getMonthValue(), 2);
        raw('-').digits(date.getDayOfMonth(), 2).raw('T');
        digits(milli / 3_600_000, 2).raw(':').digits(milli / 60_000 % 60, 2).raw(':');
        return digits(milli / 1000 % 60, 2)
                .raw('.')
                .digits(milli % 1000, 3)
                .raw('Z')
                .raw('"');
    }

    private JsonBytes digits(int value, int count) {
        room(count);
        int rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
