package dev.clickstream.storefront.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the shop sells, from {@code web/catalog.csv}. Immutable. */
final class Catalog {

    /** A field of a line: in quotes, where two stand for one, or up to the next comma. */
    private static final Pattern FIELD = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(?:,|$)");

    private static final int COLUMNS = 6;

    private final Map<String, Article> articles = new LinkedHashMap<>();

    /** Reads it. */
    Catalog() {
        text("/web/catalog.csv").lines().skip(1).map(Catalog::article).forEach(a -> articles.put(a.id(), a));
    }

    private static Article article(String line) {
        List<String> fields = fields(line);
        if (fields.size() != COLUMNS) {
            throw new IllegalArgumentException("a line of catalog.csv has not 6 fields: " + line);
        }
        return new Article(fields.get(0), fields.get(1), fields.get(2), new BigDecimal(fields.get(3)), fields.get(4));
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        Matcher matcher = FIELD.matcher(line);
        int end = 0;
        while (end < line.length() && matcher.find()) {
            end = matcher.end();
            String quoted = matcher.group(1);
            fields.add(quoted == null ? matcher.group(2) : quoted.replace("\"\"", "\""));
        }
        return fields;
    }

    private static String text(String resource) {
        try (InputStream in = Catalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the shop's own " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** All, in the order of the file. */
    List<Article> all() {
        return List.copyOf(articles.values());
    }

    Optional<Article> byId(String id) {
        return Optional.ofNullable(articles.get(id));
    }

    /** Those of a category. */
    List<Article> in(String category) {
        return articles.values().stream()
                .filter(article -> article.category().equals(category))
                .toList();
    }

    /** Those that hold all of these words. */
    List<Article> matching(String words) {
        return articles.values().stream()
                .filter(article -> article.matches(words))
                .toList();
    }

    /** In the order of the file. */
    Set<String> categories() {
        Set<String> categories = new LinkedHashSet<>();
        articles.values().forEach(article -> categories.add(article.category()));
        return categories;
    }
}
