package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README shows what the tests compile and run, and commands that exist. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern SNIPPET = Pattern.compile("<!-- (\\S+\\.java) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// readme:start\n(.*?)[ ]*// readme:end", Pattern.DOTALL);

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void snippets_areTheCompiledOnes() throws IOException {
        List<MatchResult> snippets = SNIPPET.matcher(readme()).results().toList();

        assertThat(snippets).hasSize(4);
        for (MatchResult snippet : snippets) {
            String source = Files.readString(ROOT.resolve(snippet.group(1)));
            MatchResult region = REGION.matcher(source).results().findFirst().orElseThrow();
            assertThat(snippet.group(2))
                    .as(snippet.group(1))
                    .isEqualTo(region.group(1).stripTrailing().stripIndent() + "\n");
        }
    }

    @Test
    void codeInJava_isAlwaysASnippet() throws IOException {
        assertThat(readme().split("```java", -1)).as("blocks of Java").hasSize(5);
    }

    @Test
    void commands_exist() throws IOException {
        List<String> commands = readme().lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.toList());

        assertThat(commands).contains("examples/storefront/storefront replay", "mvn -B -ntp verify");
        assertThat(Files.isExecutable(ROOT.resolve("examples/storefront/storefront")))
                .isTrue();
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("mvn -B -ntp verify");
    }
}
