package dev.clickstream.local.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place in a shard that a reader holds: the position to read next. As text it is opaque to callers.
 *
 * @param issuedNanos elapsed time when it was handed out
 */
record ShardIterator(String streamName, long incarnation, int shardIndex, long position, long issuedNanos) {

    private static final String VERSION = "1";
    private static final int PARTS = 6;

    String text() {
        String parts = String.join(
                "/",
                VERSION,
                Long.toString(incarnation),
                Integer.toString(shardIndex),
                Long.toString(position),
                Long.toString(issuedNanos),
                streamName);
        return Base64.getEncoder().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    static ShardIterator parse(String text) {
        ShardIterator iterator = parseOrNull(text);
        if (iterator == null) {
            throw ApiException.invalidArgument("Invalid ShardIterator.");
        }
        return iterator;
    }

    static @Nullable ShardIterator parseOrNull(String text) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split("/", PARTS);
            if (parts.length == PARTS && parts[0].equals(VERSION)) {
                return new ShardIterator(
                        parts[5],
                        Long.parseLong(parts[1]),
                        Integer.parseInt(parts[2]),
                        Long.parseLong(parts[3]),
                        Long.parseLong(parts[4]));
            }
        } catch (IllegalArgumentException e) {
            // Neither base64 nor numbers: the same answer as any other text.
        }
        return null;
    }
}
