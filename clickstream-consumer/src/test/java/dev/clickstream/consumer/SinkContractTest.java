package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkContractTest {
    @TempDir
    Path directory;

    private static List<String> texts(List<Row> rows) {
        return rows.stream()
                .map(row -> new String(row.data(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void inMemorySink_keepsIt() throws Exception {
        InMemorySink sink = new InMemorySink();

        SinkContract.verify(sink, () -> texts(sink.rows()));
    }

    @Test
    void directorySink_keepsIt() throws Exception {
        SinkContract.verify(new DirectorySink(directory), this::lines);
    }

    private List<String> lines() {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> lines = new ArrayList<>();
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".lines"))::iterator) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sinkThatAppends_isFound() {
        List<Row> rows = new ArrayList<>();

        assertThatThrownBy(() -> SinkContract.verify(batch -> rows.addAll(batch.rows()), () -> texts(rows)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a batch that comes again replaces itself:"
                        + " wanted are [a, b, c], there are [a, a, b, b, c, c]");
    }

    @Test
    void sinkThatTakesTheLesser_isFound() {
        Map<BatchId, List<Row>> batches = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

        assertThatThrownBy(() -> SinkContract.verify(
                        batch -> batches.put(batch.id(), batch.rows()), () -> batches.values().stream()
                                .flatMap(rows -> texts(rows).stream())
                                .toList()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a batch that is no longer whole takes nothing away:");
    }

    @Test
    void printSink_printsRows_andTellsOfFailuresWithoutTheirData() {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        ByteArrayOutputStream failures = new ByteArrayOutputStream();
        Sink sink = new PrintSink(new PrintStream(rows), new PrintStream(failures));

        Batch batch = new Batch(
                new BatchId("a", "st", "sh", "1"),
                Instant.EPOCH,
                List.of(new Row("1", 0, Instant.EPOCH, "row".getBytes(StandardCharsets.UTF_8), Map.of())),
                List.of(new FailedRecord("2", 1, Instant.EPOCH, "secret".getBytes(StandardCharsets.UTF_8), "C", "why")),
                Batch.Content.WHOLE);
        ((PrintSink) sink).deliver(batch);

        assertThat(rows.toString(StandardCharsets.UTF_8)).isEqualTo("row\n");
        assertThat(failures.toString(StandardCharsets.UTF_8).strip()).isEqualTo("sh 2.1: C: why");
    }
}
