package dev.clickstream.cloudfront;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Which user agents are bots: those that contain one of a list of words, in any case. Immutable and thread-safe.
 *
 * <p>A list is a text of one word a line; empty lines and lines that begin with {@code #} are comments.
 */
public final class BotList {

    private static final String SHIPPED = "bots.txt";

    private final List<String> words;

    private BotList(List<String> words) {
        this.words = words;
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a bot list has at least one word");
        }
    }

    /**
     * The list that comes with this library: what bots that mean well call themselves.
     *
     * @return the list
     */
    public static BotList shipped() {
        try (var in = BotList.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the library's own " + SHIPPED + " is missing from its jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the library's own " + SHIPPED + " cannot be read", e);
        }
    }

    /**
     * A list of one's own.
     *
     * @param list one word a line
     * @return the list
     * @throws IllegalArgumentException if it has no word
     */
    public static BotList parse(String list) {
        return new BotList(list.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.toLowerCase(Locale.ROOT))
                .toList());
    }

    /**
     * A list from a file in UTF-8.
     *
     * @param file one word a line
     * @return the list
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it has no word
     */
    public static BotList load(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Whether a user agent is a bot's.
     *
     * @param userAgent decoded
     * @return true if it contains a word of the list
     */
    public boolean contains(String userAgent) {
        String lower = userAgent.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "BotList[" + words.size() + " words]";
    }
}
