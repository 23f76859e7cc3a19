package dev.clickstream.consumer.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Gathers the rows of one object: compressed bytes, and the digest of what they were. Not thread-safe. */
final class ObjectWriter {
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final MessageDigest sha256 = ObjectKey.sha256();
    private final OutputStream out;
    private final byte[] delimiter;
    private long rows;
    private long bytes;

    ObjectWriter(Compression compression, byte[] delimiter) {
        this.delimiter = delimiter;
        try {
            this.out = compression.over(compressed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(byte[] row) {
        try {
            write(row);
            write(delimiter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
    }

    private void write(byte[] some) throws IOException {
        out.write(some);
        sha256.update(some);
        bytes += some.length;
    }

    /** Before compression. */
    long bytes() {
        return bytes;
    }

    /** The object; nothing can be added any more. */
    Written close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Written(compressed.toByteArray(), rows, HexFormat.of().formatHex(sha256.digest()));
    }

    /**
     * An object that is ready to be put.
     *
     * @param body compressed
     * @param rows how many
     * @param digest SHA-256 of the uncompressed rows, in hexadecimal
     */
    record Written(byte[] body, long rows, String digest) {
        @Override
        public String toString() {
            return "Written[" + rows + " rows, " + digest + "]";
        }
    }
}
