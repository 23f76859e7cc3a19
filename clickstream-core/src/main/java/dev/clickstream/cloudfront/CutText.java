package dev.clickstream.cloudfront;

/**
 * The end of a text that CloudFront may have cut at 800 bytes. Whether it counts before it escapes or after is not
 * documented, so the cut may go through a character of several bytes, or through an escape; what is left of it goes.
 */
final class CutText {

    /** A value that is shorter was not cut: a cut one may end a few bytes before 800, at a whole character. */
    static final int SHORTEST = 797;

    private static final int ESCAPE = 3;

    private CutText() {}

    /** Where the last whole character ends. */
    static int end(byte[] data, int start, int end) {
        int whole = end;
        for (int i = Math.max(start, end - 2); i < end; i++) {
            whole = data[i] == '%' ? Math.min(whole, i) : whole;
        }
        int from = whole;
        for (int bytes = 1; bytes <= ESCAPE && from > start; bytes++) {
            boolean escaped = from - ESCAPE >= start && data[from - ESCAPE] == '%';
            from -= escaped ? ESCAPE : 1;
            int value = escaped ? escape(data, from) : data[from] & 0xFF;
            if (value < 0x80) {
                return whole;
            }
            if (value >= 0xC0) {
                int length = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return bytes < length ? from : whole;
            }
        }
        return whole;
    }

    /** The byte that is escaped here; what is no escape is no part of a character either. */
    private static int escape(byte[] data, int at) {
        int high = Character.digit(data[at + 1], 16);
        int low = Character.digit(data[at + 2], 16);
        return high < 0 || low < 0 ? 0 : (high << 4) | low;
    }
}
