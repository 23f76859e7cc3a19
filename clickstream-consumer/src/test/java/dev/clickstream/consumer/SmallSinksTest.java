package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallSinksTest {
    @TempDir
    Path directory;

    private static Batch batch(Batch.Content content, String... rows) {
        List<Row> all = Arrays.stream(rows)
                .map(row -> new Row("1", 0, Instant.EPOCH, row.getBytes(StandardCharsets.UTF_8), Map.of()))
                .toList();
        FailedRecord failed = new FailedRecord("1", 0, Instant.EPOCH, new byte[] {'!'}, "code", "message");
        return new Batch(new BatchId("app", "st", "sh", "1"), Instant.EPOCH, all, List.of(failed), content);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void directory_holdsAFileForABatch_replacedWhenItComesAgain() throws Exception {
        DirectorySink sink = new DirectorySink(directory);
        sink.deliver(batch(Batch.Content.WHOLE, "a"));
        sink.deliver(batch(Batch.Content.WHOLE, "a", "b"));
        sink.deliver(batch(Batch.Content.DIFFERENT, "b"));

        assertThat(files()).containsExactly("st-sh-1.failed", "st-sh-1.lines");
        assertThat(Files.readAllLines(directory.resolve("st-sh-1.lines"))).containsExactly("a", "b");
        assertThat(Files.readAllLines(directory.resolve("st-sh-1.failed"))).containsExactly("!");
    }

    @Test
    void memory_holdsABatchOnce() {
        InMemorySink sink = new InMemorySink();
        sink.deliver(batch(Batch.Content.WHOLE, "a"));
        sink.deliver(batch(Batch.Content.WHOLE, "a", "b"));
        sink.deliver(batch(Batch.Content.DIFFERENT, "b"));

        assertThat(sink.batches()).hasSize(1);
        assertThat(sink.rows()).hasSize(2);
        assertThat(sink.failures()).hasSize(1);
    }
}
