package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void everyMeter_isExplained_andNoOther() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
                sources.append(Files.readString(file));
            }
        }
        Set<String> registered = found("\"(clickstream\\.[a-z.]+)\"", sources.toString());

        assertThat(registered).hasSizeGreaterThan(8);
        assertThat(found("(?m)^\\| `(clickstream\\.[a-z.]+)` \\|", Files.readString(Path.of("OPERATIONS.md"))))
                .isEqualTo(registered);
    }

    /** What varies is written as N, or left away, in the text. */
    @Test
    void everyReason_isExplained() throws IOException {
        WorkerStatus status = new WorkerStatus(null);
        status.failing("a", "S3Sink", 3, new IllegalStateException());
        status.halted("b", "S3Sink");
        status.committed("c", new OutcomeCounts(1, 0, new TreeMap<>(), new TreeMap<>(Map.of("Code", 1L))));
        status.differs("d", pending(5), 3);
        List<String> reasons = new ArrayList<>(status.reasons());
        status.broken("e", new IllegalStateException());
        reasons.addAll(status.reasons().subList(0, 1));
        status.schedulerFailed(new IllegalStateException());
        reasons.addAll(status.reasons().subList(0, 1));

        assertThat(reasons).hasSize(6);
        String operations = Files.readString(Path.of("OPERATIONS.md"));
        for (String reason : reasons) {
            assertThat(operations).as(reason).contains(said(reason));
        }
    }

    private static BatchState pending(long count) {
        return new BatchState(
                "1", Instant.EPOCH, new Position("2", 0), count, "", "", Duration.ZERO, BatchState.NONE, "");
    }

    private static String said(String reason) {
        return reason.replaceFirst("^[a-d]: ", "<shard>: ")
                .replace("S3Sink", "<sink>")
                .replace("Code", "<code>")
                .replace(" 3 times", " N times")
                .replace("batch of 5 records", "batch of N records")
                .replaceAll("up to .*? could", "up to … could")
                .replace("3 records are", "M records are")
                .replaceAll("because of e: .*", "because of …")
                .replaceAll("scheduler failed with .*", "scheduler failed with …")
                .replace(IllegalStateException.class.getName(), "<exception>");
    }
}
