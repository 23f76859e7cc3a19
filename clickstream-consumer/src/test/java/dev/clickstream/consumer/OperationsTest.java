package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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
}
