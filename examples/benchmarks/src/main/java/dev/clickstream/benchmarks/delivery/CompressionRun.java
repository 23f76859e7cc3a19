package dev.clickstream.benchmarks.delivery;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Compresses a file's bytes and does nothing else, in a process of its own. */
public final class CompressionRun {

    private static final int PIECE_BYTES = 64 * 1024;
    private static final int ZSTANDARD_LEVEL = 3;

    private CompressionRun() {}

    /** What is compared. */
    enum Codec {
        GZIP {
            @Override
            OutputStream over(OutputStream out) throws IOException {
                return new GZIPOutputStream(out, Pipeline.BUFFER_BYTES);
            }
        },
        ZSTANDARD {
            @Override
            OutputStream over(OutputStream out) throws IOException {
                return new ZstdOutputStream(out, ZSTANDARD_LEVEL);
            }
        };

        abstract OutputStream over(OutputStream out) throws IOException;
    }

    /**
     * Runs it: each line of standard input names a file, and is answered by CPU seconds and compressed bytes.
     *
     * @param args the codec
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] args) throws IOException {
        Codec codec = Codec.valueOf(args[0]);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            byte[] rows = Files.readAllBytes(Path.of(line));
            double before = WorkerRun.cpuSeconds();
            long compressed = compress(codec, rows);
            System.out.println(WorkerRun.ANSWER + (WorkerRun.cpuSeconds() - before) + " " + compressed);
        }
    }

    /** In objects as large as those that are delivered, and large pieces: what the codec likes best. */
    private static long compress(Codec codec, byte[] rows) throws IOException {
        long compressed = 0;
        for (int from = 0; from < rows.length; from += (int) Pipeline.BUFFERING_BYTES) {
            int to = (int) Math.min(rows.length, from + Pipeline.BUFFERING_BYTES);
            ByteArrayOutputStream object = new ByteArrayOutputStream();
            try (OutputStream out = codec.over(object)) {
                for (int at = from; at < to; at += PIECE_BYTES) {
                    out.write(rows, at, Math.min(PIECE_BYTES, to - at));
                }
            }
            compressed += object.size();
        }
        return compressed;
    }
}
