package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README shows commands that exist. */
class ReadmeTest {

    private static String readme() throws IOException {
        return Files.readString(Documents.ROOT.resolve("README.md"));
    }

    @Test
    void commands_exist() throws IOException {
        List<String> commands = readme().lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.toList());

        assertThat(commands)
                .contains(
                        "examples/storefront/storefront serve",
                        "examples/storefront/storefront replay",
                        "mvn -B -ntp verify");
        assertThat(Files.isExecutable(Documents.ROOT.resolve("examples/storefront/storefront")))
                .isTrue();
        assertThat(Files.readString(Documents.ROOT.resolve(".ci/run"))).contains("mvn -B -ntp verify");
    }
}
