package dev.clickstream.storefront.shop;

import dev.clickstream.event.Item;
import dev.clickstream.storefront.edge.CloudFrontText;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Something that the shop sells. Immutable.
 *
 * @param id such as {@code 7}
 * @param name may hold any character
 * @param category such as {@code Kitchen}
 * @param price of one piece
 * @param currency ISO 4217
 */
record Article(String id, String name, String category, BigDecimal price, String currency) {

    /** As an event holds it. */
    Item item(int quantity) {
        return new Item(id, name, null, category, price, currency, quantity);
    }

    /** The link that says what it does: the log tells a look from a purchase by it. */
    String link(String path, String action) {
        return path + "?action=" + action + "&product_id=" + CloudFrontText.sent(id) + "&product_name="
                + CloudFrontText.sent(name);
    }

    String picture() {
        return "/pictures/" + id + ".svg";
    }

    String priceText() {
        return money(price, currency);
    }

    static String money(BigDecimal amount, String currency) {
        return String.format(Locale.ROOT, "%s%,.2f", currency.equals("EUR") ? "€" : currency + " ", amount);
    }

    /** Whether a search for this finds it. */
    boolean matches(String words) {
        String text = (name + " " + category).toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
