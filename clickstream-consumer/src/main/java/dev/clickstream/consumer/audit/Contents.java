package dev.clickstream.consumer.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * By what a line of the error output, which has no sequence number, is known again: half of a SHA-256 of its bytes.
 *
 * @param arrivalMillis when the record came
 * @param high of the digest
 * @param low of the digest
 */
record Contents(long arrivalMillis, long high, long low) {
    static Contents of(long arrivalMillis, byte[] data) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(data));
            return new Contents(arrivalMillis, digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
