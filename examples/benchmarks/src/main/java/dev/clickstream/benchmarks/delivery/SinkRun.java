package dev.clickstream.benchmarks.delivery;

import dev.clickstream.consumer.Batch;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.Row;
import dev.clickstream.consumer.s3.S3Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** The rows of a file, given to the sink in batches: delivery without reading a stream. */
final class SinkRun {

    private SinkRun() {}

    /** CPU seconds of the deliveries; rows and batches were made before. */
    static double deliver(S3Client s3, String bucket, Path file) throws IOException {
        List<Batch> batches = batches(Files.readAllBytes(file));
        S3Sink sink = S3Sink.builder(s3, bucket).build();
        double before = WorkerRun.cpuSeconds();
        for (Batch batch : batches) {
            try {
                sink.deliver(batch);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return WorkerRun.cpuSeconds() - before;
    }

    private static List<Batch> batches(byte[] lines) {
        List<Batch> batches = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        long bytes = 0;
        int from = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                byte[] row = Arrays.copyOfRange(lines, from, i);
                rows.add(new Row(Integer.toString(from), 0, Instant.EPOCH, row, Map.of()));
                bytes += row.length;
                from = i + 1;
                if (bytes >= Pipeline.BUFFERING_BYTES || from == lines.length) {
                    batches.add(batch(batches.size(), rows));
                    rows = new ArrayList<>();
                    bytes = 0;
                }
            }
        }
        return batches;
    }

    private static Batch batch(int number, List<Row> rows) {
        BatchId id = new BatchId("application", "stream", "shard", Integer.toString(number));
        return new Batch(id, Instant.EPOCH, rows, List.of(), Batch.Content.WHOLE);
    }
}
