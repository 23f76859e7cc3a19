package dev.clickstream.consumer.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How objects are compressed, with the extensions and encodings that Firehose uses. */
public enum Compression {
    /** As it is. */
    UNCOMPRESSED("", null) {
        @Override
        OutputStream over(OutputStream out) {
            return out;
        }
    },
    /** GZIP: {@code .gz}, {@code Content-Encoding: gzip}. */
    GZIP(".gz", "gzip") {
        @Override
        OutputStream over(OutputStream out) throws IOException {
            return new GZIPOutputStream(out, BUFFER_BYTES);
        }
    };

    private static final int BUFFER_BYTES = 8192;

    private final String extension;
    private final @Nullable String contentEncoding;

    Compression(String extension, @Nullable String contentEncoding) {
        this.extension = extension;
        this.contentEncoding = contentEncoding;
    }

    String extension() {
        return extension;
    }

    @Nullable
    String contentEncoding() {
        return contentEncoding;
    }

    abstract OutputStream over(OutputStream out) throws IOException;
}
