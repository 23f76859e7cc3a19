package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of the error output back into records: as {@link S3Sink} writes it, as Firehose writes it today
 * ({@code rawData} first, {@code lambdaARN}) and wrote it before ({@code attemptsMade} first, {@code lambdaArn}), and
 * as its format conversion does ({@code lastErrorCode}, {@code lastErrorMessage}). Members that it does not know are
 * passed over; numbers may be texts, as the Data Firehose Developer Guide has them. Only {@code rawData} must be there.
 *
 * <p>A line that is no such record is an outcome, {@link ErrorLine.Malformed}, and the rest is read. Holds one line at a
 * time. Not thread-safe.
 */
public final class ErrorReader implements Closeable {
    /** The longest line, in bytes: more than twice what the largest record of a stream has in base64. */
    static final int MAX_LINE_BYTES = 32 * 1024 * 1024;

    private static final int MAGIC_BYTES = 4;

    private final InputStream in;
    private final int maxLineBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    ErrorReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * A reader.
     *
     * @param object as it lies there: its first bytes tell whether it is GZIP, ZIP, Zstandard or plain, whatever its key
     *     ends with; for Zstandard {@code com.github.luben:zstd-jni} must be on the class path. Closed with the reader
     * @return a new one
     * @throws IOException when the object cannot be read
     */
    public static ErrorReader of(InputStream object) throws IOException {
        return new ErrorReader(
                new BufferedInputStream(decompressed(new BufferedInputStream(requireNonNull(object, "object")))),
                MAX_LINE_BYTES);
    }

    /** A line begins with a brace, which none of them does. */
    private static InputStream decompressed(InputStream object) throws IOException {
        object.mark(MAGIC_BYTES);
        byte[] magic = object.readNBytes(MAGIC_BYTES);
        object.reset();
        if (startsWith(magic, 0x1F, 0x8B)) {
            return new GZIPInputStream(object);
        }
        if (startsWith(magic, 0x28, 0xB5, 0x2F, 0xFD)) {
            return ZstandardFrames.reader(object); // alone there, as the library may be missing
        }
        if (startsWith(magic, 'P', 'K', 3, 4)) {
            ZipInputStream zip = new ZipInputStream(object);
            requireNonNull(zip.getNextEntry(), "the entry that begins here");
            return zip;
        }
        return object;
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads on. Empty lines are passed over.
     *
     * @return the next line, or null at the end
     * @throws IOException when the object cannot be read or taken apart any further; what was read before holds
     */
    public @Nullable ErrorLine next() throws IOException {
        while (true) {
            line.reset();
            number++;
            boolean isTooLong = false;
            int b = in.read();
            if (b < 0) {
                return null;
            }
            for (; b >= 0 && b != '\n'; b = in.read()) {
                isTooLong |= line.size() >= maxLineBytes;
                if (!isTooLong) {
                    line.write(b);
                }
            }
            if (isTooLong) {
                return new ErrorLine.Malformed(number, "longer than " + maxLineBytes + " bytes");
            }
            byte[] json = line.toByteArray();
            if (!isBlank(json)) {
                return ErrorLineParser.parse(number, json);
            }
        }
    }

    private static boolean isBlank(byte[] json) {
        for (byte b : json) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
