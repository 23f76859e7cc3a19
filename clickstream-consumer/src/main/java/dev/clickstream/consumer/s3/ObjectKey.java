package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.BatchId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an object: {@code <prefix><stream>-<version>-<yyyy-MM-dd-HH-mm-ss>-<uuid><extension>}, as Firehose's; but
 * the time is that of the batch's first record, and the UUID is made of what names the object: the same batch,
 * delivered again, has the same names, also when some of its records are gone. (UUID version 8, RFC 9562: the first 122 bits of a SHA-256.)
 *
 * @param batch whose rows it holds
 * @param sink which sink wrote it
 * @param prefix evaluated
 */
record ObjectKey(BatchId batch, String sink, String prefix) {
    /** Firehose counts its configuration's versions here; ours is not versioned. */
    private static final String VERSION = "1";

    /** A regular expression of what stands behind the prefix. */
    static final String NAME_PATTERN =
            "[a-zA-Z0-9_.-]+-" + VERSION + "-\\d{4}(?:-\\d{2}){5}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[^/]*";

    private static final Pattern TOLD =
            Pattern.compile("\\d{4}(?:-\\d{2}){5}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[^/]*$");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

    String at(Instant firstArrival, ZoneId zone, String extension) {
        return prefix + batch.stream() + "-" + VERSION + "-" + TIME.format(firstArrival.atZone(zone)) + "-" + uuid()
                + extension;
    }

    private UUID uuid() {
        String name = batch + "\n" + sink + "\n" + prefix;
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long least = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    /** What of a key a log may tell: its time and UUID. What stands before may hold partition keys: users' data. */
    static String told(String key) {
        Matcher told = TOLD.matcher(key);
        return told.find() ? told.group() : "an object";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
