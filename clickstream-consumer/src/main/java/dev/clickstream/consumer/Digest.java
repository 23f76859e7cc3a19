package dev.clickstream.consumer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, the first 128 bits of it, in hexadecimal. Not thread-safe. */
final class Digest {
    private static final int KEPT_BYTES = 16;

    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    void add(Position position) {
        add(position.sequenceNumber());
        add(Long.toString(position.subSequenceNumber()));
    }

    void add(String text) {
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
    }

    /** Of all that was added; afterwards it is empty again. */
    String hex() {
        return HexFormat.of().formatHex(sha256.digest(), 0, KEPT_BYTES);
    }
}
