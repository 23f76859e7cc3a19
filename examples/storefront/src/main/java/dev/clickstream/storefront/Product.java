package dev.clickstream.storefront;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that the generated shop sells.
 *
 * @param id such as {@code p-1007}
 * @param name with spaces, umlauts and characters that mean something in a query
 */
record Product(String id, String name) {

    private static final List<String> KINDS = List.of(
            "Käse & Brot Messer",
            "100 % Wolle Schal",
            "Größe 42 – Schuh",
            "Émile's Café Set",
            "A+ Akku 3/4\"",
            "茶壶 (Teekanne)",
            "Was? Wann; Wo=Buch",
            "Tab#let <Pro>",
            "T-Shirt 🐝",
            "%20 Off Mug",
            "Plain Chair",
            "Lamp\\Shade {S|M}");
    private static final List<String> LOOKS = List.of("red", "grün", "blue", "weiß", "black", "gelb & lila");

    /** The whole catalogue, the best-selling first. */
    static List<Product> catalogue() {
        List<Product> products = new ArrayList<>();
        for (String look : LOOKS) {
            for (String kind : KINDS) {
                products.add(new Product("p-" + (1000 + products.size()), kind + ", " + look));
            }
        }
        return products;
    }
}
