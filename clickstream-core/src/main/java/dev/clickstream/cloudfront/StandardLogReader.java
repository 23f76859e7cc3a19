package dev.clickstream.cloudfront;

import dev.clickstream.cloudfront.ClickReader.Result;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads clicks from CloudFront's standard log files, so that what happened before there was a stream can be replayed with
 * the same rules. Not thread-safe.
 *
 * <p>A file says its fields itself, in its {@code #Fields:} line. They get the names that real-time logs have, so that
 * rules need not know the difference: {@code cs(Referer)} is {@code cs-referer}; {@code cs(Host)}, the distribution's
 * domain, is {@code x-host-header}, and {@code x-host-header}, what the viewer asked, is {@code cs-host}. Times are whole
 * seconds. A request has the same id in both kinds of log (Amazon CloudFront Developer Guide, "Standard logging
 * reference").
 */
public final class StandardLogReader {

    private static final String FIELDS = "#Fields:";
    private static final Map<String, String> REAL_TIME_NAMES = Map.of(
            "cs(Host)", "x-host-header",
            "x-host-header", "cs-host",
            "cs(Referer)", "cs-referer",
            "cs(User-Agent)", "cs-user-agent",
            "cs(Cookie)", "cs-cookie");

    private final Function<RealTimeLogFormat, ClickReader> readers;
    private @Nullable ClickReader reader;

    /**
     * A reader of files.
     *
     * @param readers makes the reader of a file's lines, such as {@code format -> ClickReader.builder(format,
     *     rules).build()}
     */
    public StandardLogReader(Function<RealTimeLogFormat, ClickReader> readers) {
        this.readers = Objects.requireNonNull(readers, "readers");
    }

    /**
     * The format that a {@code #Fields:} line tells.
     *
     * @param header the line
     * @return the format, by the names of real-time logs
     * @throws IllegalArgumentException if it is not such a line
     */
    public static RealTimeLogFormat format(String header) {
        if (!header.startsWith(FIELDS)) {
            throw new IllegalArgumentException("a standard log's fields stand in a line that begins with " + FIELDS);
        }
        return RealTimeLogFormat.of(
                Arrays.stream(header.substring(FIELDS.length()).strip().split("\\s+", -1))
                        .map(name -> REAL_TIME_NAMES.getOrDefault(name, name))
                        .toList());
    }

    /**
     * Reads a file to its end; memory holds one line of it.
     *
     * @param file the text, not compressed: a {@code .gz} goes through {@code GZIPInputStream}. Not closed
     * @param results takes each line's result in order; lines that begin with {@code #} have none
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if its fields cannot serve the rules
     */
    public void read(InputStream file, Consumer<Result> results) throws IOException {
        reader = null;
        InputStream in = new BufferedInputStream(file);
        for (byte[] line = line(in); line != null; line = line(in)) {
            if (line.length > 0 && line[0] == '#') {
                String text = new String(line, StandardCharsets.UTF_8);
                reader = text.startsWith(FIELDS) ? readers.apply(format(text)) : reader;
            } else {
                read(line).forEach(results);
            }
        }
    }

    private List<Result> read(byte[] line) {
        return reader == null
                ? List.of(new Result.Malformed("no_fields", "no line " + FIELDS + " before it", line))
                : new ArrayList<>(reader.read(line));
    }

    /** The next line without its newline, null at the end. What is too long for the reader is cut to one byte more. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.size() <= RealTimeLogReader.MAX_LINE_BYTES) {
                line.write(read);
            }
        }
        return line.toByteArray();
    }
}
