package dev.clickstream.consumer.s3;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What S3 takes as the beginning of a key. A key that it refuses would be refused for ever. */
final class KeyText {
    /** A key has 1,024 bytes; an object's name behind the prefix takes up to 315 of them. */
    private static final int MAX_BYTES = 700;

    private KeyText() {}

    /** What is wrong with it, without showing it; null if nothing is. */
    static @Nullable String flaw(String prefix) {
        if (prefix.length() > PrefixExpression.MAX_EVALUATED_CHARACTERS) {
            return "evaluated it has " + prefix.length() + " characters, and may have "
                    + PrefixExpression.MAX_EVALUATED_CHARACTERS;
        }
        if (!prefix.codePoints().allMatch(KeyText::isAllowed)) {
            return "it holds a control character or half a character";
        }
        int bytes = prefix.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            return "evaluated it has " + bytes + " bytes, and may have " + MAX_BYTES;
        }
        return hasDots(prefix) ? "a folder in it is called . or .." : null;
    }

    private static boolean isAllowed(int codePoint) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return !surrogate && !Character.isISOControl(codePoint) && codePoint != 0xFFFE && codePoint != 0xFFFF;
    }

    /** Servers and tools take such folders for steps up. */
    private static boolean hasDots(String prefix) {
        String folders = "/" + prefix;
        return folders.contains("/./") || folders.contains("/../");
    }
}
