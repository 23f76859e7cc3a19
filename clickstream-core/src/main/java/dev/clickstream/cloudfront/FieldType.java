package dev.clickstream.cloudfront;

import java.util.Locale;
import java.util.Map;

/**
 * What a field's values look like, as far as it can be told. Enumerations are open sets and text is anything, so both are
 * {@link #TEXT}: a value that AWS adds tomorrow must not be refused.
 */
enum FieldType {
    TEXT,
    /** Seconds, with a fraction. */
    DECIMAL,
    COUNT,
    /** Three digits. */
    STATUS,
    /** IPv4 or IPv6. */
    ADDRESS,
    METHOD;

    private static final int MAX_DIGITS = 18;

    private static final Map<String, FieldType> BY_FIELD = Map.ofEntries(
            Map.entry("timestamp", DECIMAL),
            Map.entry("c-ip", ADDRESS),
            Map.entry("s-ip", ADDRESS),
            Map.entry("time-to-first-byte", DECIMAL),
            Map.entry("sc-status", STATUS),
            Map.entry("sc-bytes", COUNT),
            Map.entry("cs-method", METHOD),
            Map.entry("cs-bytes", COUNT),
            Map.entry("time-taken", DECIMAL),
            Map.entry("fle-encrypted-fields", COUNT),
            Map.entry("sc-content-len", COUNT),
            Map.entry("sc-range-start", COUNT),
            Map.entry("sc-range-end", COUNT),
            Map.entry("c-port", COUNT),
            Map.entry("cs-headers-count", COUNT),
            Map.entry("origin-fbl", DECIMAL),
            Map.entry("origin-lbl", DECIMAL),
            Map.entry("asn", COUNT));

    static FieldType of(String field) {
        return BY_FIELD.getOrDefault(field, TEXT);
    }

    /** In words, for a message. */
    String words() {
        return this == STATUS ? "a status of three digits" : "of the type " + name().toLowerCase(Locale.ROOT);
    }

    /** Whether these bytes can be a value of the type; they are neither none nor empty unless the value is. */
    boolean fits(byte[] data, int start, int end) {
        return switch (this) {
            case TEXT -> true;
            case DECIMAL -> decimal(data, start, end);
            case COUNT -> end - start <= MAX_DIGITS && end > start && digits(data, start, end) == end;
            case STATUS -> end - start == 3 && digits(data, start, end) == end;
            case ADDRESS -> address(data, start, end);
            case METHOD -> method(data, start, end);
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

    private static boolean address(byte[] data, int start, int end) {
        boolean separated = false;
        for (int i = start; i < end; i++) {
            boolean separator = data[i] == '.' || data[i] == ':';
            if (!separator && Character.digit(data[i], 16) < 0) {
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
