package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What texts show is what the tests compile and run, and what they point to is there. */
class DocumentsTest {

    /** Held elsewhere: {@code html} by the producer's PageSnippetTest, {@code sql} by CatalogTest. */
    private static final Set<String> HELD_ELSEWHERE = Set.of("html", "sql");

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)\\)");

    @Test
    void code_standsInTheFileThatIsNamedAboveIt() throws IOException {
        List<Documents.Snippet> snippets = Documents.snippets("java", "json");

        assertThat(snippets).hasSizeGreaterThan(5);
        for (Documents.Snippet snippet : snippets) {
            assertThat(snippet.source()).as(snippet + ": the file above it").isNotEmpty();
            Path source = Documents.ROOT.resolve(snippet.source());
            assertThat(source).as(snippet.toString()).exists();
            assertThat(holds(Files.readAllLines(source), snippet.code()) || isReadBy(source, snippet))
                    .as(snippet + ": stands in " + snippet.source())
                    .isTrue();
        }
    }

    @Test
    void code_isOfNoOtherLanguage() throws IOException {
        assertThat(Documents.snippets())
                .extracting(Documents.Snippet::language)
                .allMatch(language -> Set.of("java", "json").contains(language) || HELD_ELSEWHERE.contains(language));
    }

    @Test
    void links_pointToFiles() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : Documents.all()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                Path folder = document.getParent();
                if (folder == null || !Files.exists(folder.resolve(link.group(1)))) {
                    broken.add(document + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** A test may take what it runs out of the text itself. */
    private static boolean isReadBy(Path source, Documents.Snippet snippet) throws IOException {
        String document = "\"" + snippet.document().getFileName() + "\"";
        return snippet.language().equals("json") && Files.readString(source).contains(document);
    }

    /** Line for line, whatever the depth at which it stands there. */
    private static boolean holds(List<String> source, List<String> code) {
        for (int start = 0; start + code.size() <= source.size(); start++) {
            String first = source.get(start);
            String indent =
                    first.substring(0, first.length() - first.stripLeading().length());
            boolean same = true;
            for (int i = 0; i < code.size() && same; i++) {
                String wanted = code.get(i).isEmpty() ? "" : indent + code.get(i);
                same = source.get(start + i).equals(wanted);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }
}
