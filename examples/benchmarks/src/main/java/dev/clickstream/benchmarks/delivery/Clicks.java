package dev.clickstream.benchmarks.delivery;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Item;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;

/** Clicks of a shop's visitors, of whom few are busy and most are not, drawn from a seed. Not thread-safe. */
final class Clicks {

    private static final int VISITORS = 100_000;
    private static final String[] NAMES = {"page_view", "page_view", "page_view", "view_item", "search", "add_to_cart"};
    private static final String[] SOURCES = {"google", "newsletter", "instagram", "direct", "bing"};
    private static final String[] COUNTRIES = {"DE", "FR", "US", "IR", "PL", "GB", "SE"};
    private static final String[] WORDS =
            "amber birch copper dune ember fjord garnet harbor indigo juniper kelp lumen maple north onyx pine"
                    .split(" ");

    private final Random random;

    Clicks(long seed) {
        random = new Random(seed);
    }

    ClickEvent next(String eventId) {
        String product = word() + "-" + word() + "-" + random.nextInt(10_000);
        int visitor = (int) Math.pow(VISITORS, random.nextDouble()); // Zipf's law, nearly
        return ClickEvent.builder(NAMES[random.nextInt(NAMES.length)])
                .eventId(eventId)
                .userPseudoId(hash(visitor))
                .sessionId(hash(visitor + random.nextInt(3)))
                .pageLocation("https://shop.example/product/" + product)
                .pageReferrer("https://shop.example/category/" + word())
                .pageTitle(product.replace('-', ' '))
                .trafficSourceSource(SOURCES[random.nextInt(SOURCES.length)])
                .deviceUserAgent(
                        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
                                + (90 + visitor % 60) + ".0.0.0 Safari/537.36")
                .geoCountry(COUNTRIES[visitor % COUNTRIES.length])
                .item(Item.of(Integer.toString(random.nextInt(100_000)), product)
                        .withPrice(BigDecimal.valueOf(random.nextInt(20_000), 2), "EUR"))
                .build();
    }

    /** As a cookie's value would be. */
    private static String hash(int visitor) {
        Random bits = new Random(visitor);
        return String.format(Locale.ROOT, "%016x%016x", bits.nextLong(), bits.nextLong());
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
