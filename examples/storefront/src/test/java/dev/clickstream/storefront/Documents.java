package dev.clickstream.storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every text in Markdown of the repository, and the code that it shows. */
final class Documents {
    static final Path ROOT = Path.of("..", "..");

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (\\S+) -->\n)?^```([a-z]+)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private Documents() {}

    /**
     * Code that a text shows.
     *
     * @param document where
     * @param source the file that is named above it; empty if none is
     * @param language as the block says
     * @param code its lines
     */
    record Snippet(Path document, String source, String language, List<String> code) {
        @Override
        public String toString() {
            return document + ", " + language + ": " + (code.isEmpty() ? "" : code.get(0));
        }
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    static List<Snippet> snippets(String... languages) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path document : all()) {
            for (MatchResult block :
                    BLOCK.matcher(Files.readString(document)).results().toList()) {
                if (languages.length == 0 || List.of(languages).contains(block.group(2))) {
                    String source = block.group(1) == null ? "" : block.group(1);
                    List<String> code = block.group(3).lines().toList();
                    snippets.add(new Snippet(ROOT.relativize(document), source, block.group(2), code));
                }
            }
        }
        return snippets;
    }
}
