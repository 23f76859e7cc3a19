package dev.clickstream.cloudfront;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a salt and parts of a line, the first 128 bits as 32 hexadecimal digits. Not thread-safe. */
final class SaltedHash {

    private static final int BYTES = 16;

    private final byte[] salt;
    private final MessageDigest digest;

    SaltedHash(String salt) {
        this.salt = salt.getBytes(StandardCharsets.UTF_8);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    SaltedHash start() {
        digest.reset();
        digest.update(salt);
        return this;
    }

    /** A part of its own: a tab, which no value of a line holds, goes before it. */
    SaltedHash add(byte[] data, int start, int end) {
        digest.update((byte) '\t');
        digest.update(data, start, end - start);
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
