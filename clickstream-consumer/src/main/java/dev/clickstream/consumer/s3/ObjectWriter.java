package dev.clickstream.consumer.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of one object: compressed bytes, and the digest of what they were. Compression begins when there is
 * enough to compress, as a compressor of its own weighs more than most objects. Not thread-safe.
 */
final class ObjectWriter {
    /** From here on it is worth a compressor. */
    private static final int WORTH_A_COMPRESSOR = 128 * 1024;

    private static final int FIXED_BYTES = 1024;

    private final Compression compression;
    private final byte[] delimiter;
    private final MessageDigest sha256 = ObjectKey.sha256();
    private ObjectBytes held = new ObjectBytes();
    private @Nullable OutputStream compressor;
    private long rows;

    ObjectWriter(Compression compression, byte[] delimiter) {
        this.compression = compression;
        this.delimiter = delimiter;
    }

    void add(byte[] row) {
        try {
            write(row);
            write(delimiter);
            if (compressor == null && held.size() >= WORTH_A_COMPRESSOR) {
                compressor = compress();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
    }

    private void write(byte[] some) throws IOException {
        OutputStream out = compressor == null ? held : compressor;
        out.write(some);
        sha256.update(some);
    }

    /** What is held as it is goes through a compressor; what follows may too. */
    private OutputStream compress() throws IOException {
        ObjectBytes plain = held;
        held = new ObjectBytes();
        OutputStream out = compression.over(held);
        plain.writeTo(out);
        return out;
    }

    /** What it holds, roughly. */
    long memoryBytes() {
        return held.capacity() + FIXED_BYTES + (compressor == null ? 0 : compression.memoryBytes());
    }

    /** The object; nothing can be added any more. */
    Written close() {
        try {
            OutputStream out = compressor == null ? compress() : compressor;
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Written(held, rows, HexFormat.of().formatHex(sha256.digest()));
    }

    /**
     * An object that is ready to be put.
     *
     * @param body compressed
     * @param rows how many
     * @param digest SHA-256 of the uncompressed rows, in hexadecimal
     */
    record Written(ObjectBytes body, long rows, String digest) {
        /** How many rows, and their digest. */
        @Override
        public String toString() {
            return "Written[" + rows + " rows, " + digest + "]";
        }
    }
}
