package dev.clickstream.benchmarks.delivery;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The objects of a bucket, which are files. */
record Delivered(Path bucket) {

    /** What is in them, and how many there are. */
    record Content(long rows, long bytes, long compressedBytes, int objects) {}

    Content content() throws IOException {
        return copyTo(OutputStream.nullOutputStream());
    }

    /** Writes all rows to one file, and counts them. */
    Content copyTo(OutputStream out) throws IOException {
        long rows = 0;
        long bytes = 0;
        long compressed = 0;
        List<Path> files = files();
        for (Path file : files) {
            compressed += Files.size(file);
            try (InputStream in = open(file)) {
                byte[] all = in.readAllBytes();
                out.write(all);
                bytes += all.length;
                for (byte b : all) {
                    rows += b == '\n' ? 1 : 0;
                }
            }
        }
        return new Content(rows, bytes, compressed, files.size());
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".zst") ? new ZstdInputStream(in) : new GZIPInputStream(in, 1 << 16);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(bucket)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(bucket)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(bucket)) {
                    Files.delete(path);
                }
            }
        }
    }
}
