package dev.clickstream.consumer.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An object's bytes, in pieces that grow with it: written without being moved, and read without being held twice. Not
 * thread-safe while it is written.
 */
final class ObjectBytes extends OutputStream {
    private static final int SMALLEST_PIECE = 512;
    private static final int LARGEST_PIECE = 1024 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private byte[] last = new byte[0];
    private int filled;
    private long capacity;

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            if (filled == last.length) {
                grow(end - at);
            }
            int part = Math.min(end - at, last.length - filled);
            System.arraycopy(some, at, last, filled, part);
            filled += part;
            at += part;
        }
    }

    private void grow(int wanted) {
        long asMuchAgain = Math.max(capacity, Math.max(SMALLEST_PIECE, wanted));
        last = new byte[(int) Math.min(LARGEST_PIECE, asMuchAgain)];
        filled = 0;
        pieces.add(last);
        capacity += last.length;
    }

    long size() {
        return capacity - last.length + filled;
    }

    /** What it holds of memory. */
    long capacity() {
        return capacity;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : pieces) {
            out.write(piece, 0, piece == last ? filled : piece.length);
        }
    }

    /** All of it. */
    InputStream stream() {
        return stream(0, size());
    }

    /** A part of it. */
    InputStream stream(long offset, long length) {
        List<InputStream> parts = new ArrayList<>();
        long begin = 0;
        for (byte[] piece : pieces) {
            long from = Math.max(offset, begin);
            long to = Math.min(offset + length, Math.min(begin + piece.length, size()));
            if (from < to) {
                parts.add(new ByteArrayInputStream(piece, (int) (from - begin), (int) (to - from)));
            }
            begin += piece.length;
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }
}
