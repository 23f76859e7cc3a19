package dev.clickstream.storefront.shop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a visitor has put together. Thread-safe: a browser may send two requests at once. */
final class Basket {

    private static final int MOST_OF_ONE = 99;

    private final Map<Article, Integer> quantities = new LinkedHashMap<>(); // guarded by this

    /**
     * A line of a basket or of an order.
     *
     * @param article what
     * @param quantity how many
     */
    record Line(Article article, int quantity) {
        BigDecimal price() {
            return article.price().multiply(BigDecimal.valueOf(quantity));
        }
    }

    synchronized void add(Article article) {
        quantities.merge(article, 1, (before, one) -> Math.min(MOST_OF_ONE, before + one));
    }

    synchronized void remove(Article article) {
        quantities.remove(article);
    }

    /** Takes all out: who does it first has them. */
    synchronized List<Line> empty() {
        List<Line> lines = lines();
        quantities.clear();
        return lines;
    }

    synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        quantities.forEach((article, quantity) -> lines.add(new Line(article, quantity)));
        return lines;
    }

    synchronized int pieces() {
        return quantities.values().stream().mapToInt(Integer::intValue).sum();
    }

    static BigDecimal total(List<Line> lines) {
        return lines.stream().map(Line::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
