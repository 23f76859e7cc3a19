package dev.clickstream.storefront;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of log records, plain or gzip, read as they are wanted; empty ones are left out. Not thread-safe.
 */
final class RecordFile implements Iterator<LogLine>, AutoCloseable {

    /** What a Kinesis record holds beside its partition key. */
    private static final int MAX_LINE_BYTES = 1024 * 1024 - 256;

    private final Path file;
    private final InputStream in;
    private final int timeColumn;
    private final int requestIdColumn;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
    private long number;
    private @Nullable LogLine next;

    /**
     * Opens a file.
     *
     * @param fields of its lines, in order
     * @throws IOException if it cannot be opened, or begins like gzip and is not
     */
    RecordFile(Path file, List<String> fields) throws IOException {
        this.file = file;
        this.timeColumn = fields.indexOf("timestamp");
        this.requestIdColumn = fields.indexOf("x-edge-request-id");
        this.in = open(file);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return gzip ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
        } catch (IOException e) {
            raw.close();
            throw new IOException(file + " begins like gzip and is not, or cannot be read", e);
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    @Override
    public LogLine next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        LogLine result = next;
        next = null;
        return result;
    }

    private @Nullable LogLine read() {
        try {
            line.reset();
            int b = in.read();
            for (; b >= 0; b = in.read()) {
                if (b == '\n') {
                    number++;
                    if (line.size() > 0) {
                        return parsed(line.toByteArray());
                    }
                } else {
                    append(b);
                }
            }
            return line.size() > 0 ? parsed(line.toByteArray()) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read after line " + number, e);
        }
    }

    private void append(int b) {
        if (line.size() == MAX_LINE_BYTES) {
            throw new IllegalArgumentException(
                    file + ": line " + (number + 1) + " is longer than a Kinesis record, " + MAX_LINE_BYTES + " bytes");
        }
        line.write(b);
    }

    private LogLine parsed(byte[] bytes) {
        String[] columns = new String(bytes, StandardCharsets.UTF_8).split("\t", -1);
        return new LogLine(time(column(columns, timeColumn)), column(columns, requestIdColumn), bytes);
    }

    private static @Nullable String column(String[] columns, int index) {
        return index < 0 || index >= columns.length ? null : columns[index];
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
            return null;
        }
        return Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
