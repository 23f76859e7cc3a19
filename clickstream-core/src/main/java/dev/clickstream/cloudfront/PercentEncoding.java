package dev.clickstream.cloudfront;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent escapes, taken strictly and never as a form: a plus stays a plus. */
final class PercentEncoding {

    private PercentEncoding() {}

    /** The text, or null if an escape is broken or the bytes are not UTF-8. */
    static @Nullable String decode(byte[] bytes, int start, int end) {
        byte[] decoded = bytes;
        int from = start;
        int to = end;
        if (holdsEscape(bytes, start, end)) {
            decoded = new byte[end - start];
            from = 0;
            to = unescape(bytes, start, end, decoded);
            if (to < 0) {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** As {@link #decode(byte[], int, int)}, of text. */
    static @Nullable String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(bytes, 0, bytes.length);
    }

    private static boolean holdsEscape(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '%') {
                return true;
            }
        }
        return false;
    }

    private static int unescape(byte[] bytes, int start, int end, byte[] into) {
        int length = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] != '%') {
                into[length++] = bytes[i];
                continue;
            }
            if (i + 2 >= end) {
                return -1;
            }
            int high = Character.digit(bytes[i + 1], 16);
            int low = Character.digit(bytes[i + 2], 16);
            if (high < 0 || low < 0) {
                return -1;
            }
            into[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        return length;
    }
}
