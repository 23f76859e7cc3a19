package dev.clickstream.storefront.dashboard;

import dev.clickstream.event.ClickEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A bucket's folder that a test writes as the sink and the store do: objects appear whole. */
record WrittenLake(Path folder) {

    /** An object of rows. */
    void rows(String key, Instant written, ClickEvent... events) throws IOException {
        lines(
                "clicks/" + key,
                written,
                Arrays.stream(events)
                        .map(event -> new String(event.toJson(), StandardCharsets.UTF_8))
                        .toList());
    }

    /** An object of the error output. */
    void failures(String key, Instant written, String... codes) throws IOException {
        lines(
                "errors/processing-failed/" + key,
                written,
                Arrays.stream(codes)
                        .map(code -> "{\"rawData\":\"AAAA\",\"errorCode\":\"" + code
                                + "\",\"errorMessage\":\"made up\",\"attemptsMade\":1,\"arrivalTimestamp\":1,"
                                + "\"attemptEndingTimestamp\":1}")
                        .toList());
    }

    private void lines(String key, Instant written, List<String> lines) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        Path half = file.resolveSibling(file.getFileName() + "-half");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(half))) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.setLastModifiedTime(half, FileTime.from(written));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
