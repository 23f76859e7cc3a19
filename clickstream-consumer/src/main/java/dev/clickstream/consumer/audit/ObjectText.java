package dev.clickstream.consumer.audit;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The lines of an object, taken out of GZIP or Zstandard by how it begins: an extension may be anything. */
final class ObjectText {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTANDARD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private ObjectText() {}

    static BufferedReader open(InputStream object) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(object, BUFFER_BYTES);
        return new BufferedReader(new InputStreamReader(plain(bytes), StandardCharsets.UTF_8));
    }

    private static InputStream plain(BufferedInputStream bytes) throws IOException {
        bytes.mark(ZSTANDARD.length);
        byte[] begin = bytes.readNBytes(ZSTANDARD.length);
        bytes.reset();
        if (begin.length >= GZIP.length && Arrays.equals(begin, 0, GZIP.length, GZIP, 0, GZIP.length)) {
            return new GZIPInputStream(bytes, BUFFER_BYTES);
        }
        return Arrays.equals(begin, ZSTANDARD) ? Zstandard.open(bytes) : bytes;
    }

    /** Loaded only when it is needed: the library is an optional dependency. */
    private static final class Zstandard {
        private Zstandard() {}

        static InputStream open(InputStream bytes) throws IOException {
            try {
                return new ZstdInputStreamNoFinalizer(bytes);
            } catch (LinkageError e) {
                throw new IllegalStateException(
                        "An object in Zstandard needs com.github.luben:zstd-jni on the class path: " + e, e);
            }
        }
    }
}
