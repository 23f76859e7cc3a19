package dev.clickstream.cloudfront;

import java.util.Locale;

/**
 * What a field's values look like, as far as it can be told. Enumerations are open sets and text is anything, so both are
 * {@link #TEXT}: a value that AWS adds tomorrow must not be refused.
 */
enum FieldType {
    TEXT,
    /** Text of which CloudFront delivers the first 800 bytes only, and may have cut a character in two. */
    CUT_TEXT,
    /** Seconds, with a fraction. */
    DECIMAL,
    COUNT,
    /** Three digits. */
    STATUS,
    /** IPv4 or IPv6. */
    ADDRESS,
    METHOD,
    /** {@code 2026-01-31}, in standard logs. */
    DATE,
    /** {@code 23:59:59}, in standard logs. */
    TIME;

    private static final int MAX_DIGITS = 18;

    /** Whether there are values that cannot be of this type. */
    boolean isChecked() {
        return this != TEXT && this != CUT_TEXT;
    }

    /** In words, for a message. */
    String words() {
        return this == STATUS ? "a status of three digits" : "of the type " + name().toLowerCase(Locale.ROOT);
    }

    /** Whether these bytes can be a value of the type; they are neither none nor empty unless the value is. */
    boolean fits(byte[] data, int start, int end) {
        return switch (this) {
            case TEXT, CUT_TEXT -> true;
            case DECIMAL -> decimal(data, start, end);
            case COUNT -> end - start <= MAX_DIGITS && end > start && digits(data, start, end) == end;
            case STATUS -> end - start == 3 && digits(data, start, end) == end;
            case ADDRESS -> address(data, start, end);
            case METHOD -> method(data, start, end);
            case DATE -> like("0000-00-00", data, start, end);
            case TIME -> like("00:00:00", data, start, end);
        };
    }

    private static boolean decimal(byte[] data, int start, int end) {
        int point = digits(data, start, end);
        if (point == start || end - start > MAX_DIGITS) {
            return false;
        }
        return point == end || (data[point] == '.' && point + 1 < end && digits(data, point + 1, end) == end);
    }

    /** Where the digits from here on end. */
    private static int digits(byte[] data, int start, int end) {
        int i = start;
        while (i < end && data[i] >= '0' && data[i] <= '9') {
            i++;
        }
        return i;
    }

    /** Digits where the pattern has them, and else the same. */
    private static boolean like(String pattern, byte[] data, int start, int end) {
        boolean like = end - start == pattern.length();
        for (int i = 0; like && i < pattern.length(); i++) {
            byte b = data[start + i];
            like = pattern.charAt(i) == '0' ? b >= '0' && b <= '9' : b == pattern.charAt(i);
        }
        return like;
    }

    private static boolean address(byte[] data, int start, int end) {
        boolean separated = false;
        for (int i = start; i < end; i++) {
            byte b = data[i];
            boolean separator = b == '.' || b == ':';
            if (!separator && !((b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F'))) {
                return false;
            }
            separated |= separator;
        }
        return separated;
    }

    private static boolean method(byte[] data, int start, int end) {
        for (int i = start; i < end; i++) {
            boolean letter = (data[i] >= 'A' && data[i] <= 'Z') || (data[i] >= 'a' && data[i] <= 'z');
            if (!letter && data[i] != '-' && data[i] != '_') {
                return false;
            }
        }
        return end > start;
    }
}
