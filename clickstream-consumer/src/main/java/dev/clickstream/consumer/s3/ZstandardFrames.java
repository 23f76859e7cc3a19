package dev.clickstream.consumer.s3;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Compresses by frames of their own: between them nothing is held outside of the heap, so that a batch can be forgotten.
 * Not thread-safe.
 */
final class ZstandardFrames extends OutputStream {
    static final int FRAME_BYTES = 512 * 1024;

    private static final int LEVEL = 3;
    private static final int FIRST_BYTES = 8 * 1024;

    private final OutputStream out;
    private byte[] frame = new byte[FIRST_BYTES];
    private int filled;

    ZstandardFrames(OutputStream out) {
        this.out = out;
    }

    /** Throws a LinkageError when the library is not there, or not for this machine. */
    static void requireLibrary() {
        Zstd.compressBound(1);
    }

    /** What such frames hold. */
    static InputStream reader(InputStream frames) throws IOException {
        return new ZstdInputStream(frames);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int part = Math.min(end - at, FRAME_BYTES - filled);
            if (filled + part > frame.length) {
                int bytes = Math.min(FRAME_BYTES, Math.max(filled + part, 2 * frame.length));
                frame = Arrays.copyOf(frame, bytes);
            }
            System.arraycopy(some, at, frame, filled, part);
            filled += part;
            at += part;
            if (filled == FRAME_BYTES) {
                compress();
            }
        }
    }

    private void compress() throws IOException {
        byte[] compressed = new byte[(int) Zstd.compressBound(filled)];
        long length = Zstd.compressByteArray(compressed, 0, compressed.length, frame, 0, filled, LEVEL);
        if (Zstd.isError(length)) {
            throw new IOException("Zstandard: " + Zstd.getErrorName(length));
        }
        out.write(compressed, 0, (int) length);
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        if (filled > 0) {
            compress();
        }
        out.close();
    }
}
