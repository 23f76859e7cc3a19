package dev.clickstream.consumer.s3;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How objects are compressed, with the extensions and encodings that Firehose uses. The same rows give the same bytes,
 * as long as the library that compresses is the same: no time and no name stands in a header.
 */
public enum Compression {
    /** As it is. */
    UNCOMPRESSED("", null, 0) {
        @Override
        OutputStream over(OutputStream out) {
            return out;
        }
    },
    /** GZIP: {@code .gz}, {@code Content-Encoding: gzip}. */
    GZIP(".gz", "gzip", 316 * 1024) {
        @Override
        OutputStream over(OutputStream out) throws IOException {
            return new BufferedOutputStream(new GZIPOutputStream(out, BUFFER_BYTES), GATHERED_BYTES);
        }
    },
    /**
     * Zstandard: {@code .zst}, {@code Content-Encoding: zstd}; Firehose does not have it. An object is a row of frames,
     * each of 512 KiB before compression. Needs {@code com.github.luben:zstd-jni} on the class path, which is an
     * optional dependency.
     */
    ZSTANDARD(".zst", "zstd", ZstandardFrames.FRAME_BYTES) {
        @Override
        OutputStream over(OutputStream out) {
            return new ZstandardFrames(out);
        }

        @Override
        void requireAvailable() {
            try {
                ZstandardFrames.requireLibrary();
            } catch (LinkageError e) {
                throw new IllegalStateException(
                        "Compression.ZSTANDARD needs com.github.luben:zstd-jni on the class path: " + e, e);
            }
        }
    };

    private static final int BUFFER_BYTES = 8192;

    /** Each write to the compressor is a call into native code: a row and its delimiter are too little for one. */
    private static final int GATHERED_BYTES = 16 * 1024;

    private final String extension;
    private final @Nullable String contentEncoding;
    private final int memoryBytes;

    Compression(String extension, @Nullable String contentEncoding, int memoryBytes) {
        this.extension = extension;
        this.contentEncoding = contentEncoding;
        this.memoryBytes = memoryBytes;
    }

    String extension() {
        return extension;
    }

    @Nullable
    String contentEncoding() {
        return contentEncoding;
    }

    /** What a stream of it holds, roughly. */
    int memoryBytes() {
        return memoryBytes;
    }

    /**
     * What is written to it goes to the other one compressed, at the latest when it is closed. One that is forgotten
     * must hold nothing that needs to be closed.
     */
    abstract OutputStream over(OutputStream out) throws IOException;

    /** Throws when a library is missing: at once, and not when the first batch comes. */
    void requireAvailable() {}
}
