package dev.clickstream.event;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product in a click. Immutable. Names follow Google Analytics 4's item parameters.
 *
 * @param id the product's id, never empty; JSON {@code item_id}
 * @param name JSON {@code item_name}
 * @param brand JSON {@code item_brand}
 * @param category JSON {@code item_category}
 * @param price of one piece, in {@code currency}; decimal text in JSON, never a binary fraction
 * @param currency ISO 4217
 * @param quantity pieces
 */
public record Item(
        String id,
        @Nullable String name,
        @Nullable String brand,
        @Nullable String category,
        @Nullable BigDecimal price,
        @Nullable String currency,
        @Nullable Integer quantity) {

    public Item {
        if (Objects.requireNonNull(id, "id").isEmpty()) {
            throw new IllegalArgumentException("an item's id must not be empty");
        }
    }

    /**
     * An item of which only id and name are known.
     *
     * @param id the product's id
     * @param name its name, or null
     * @return the item
     */
    public static Item of(String id, @Nullable String name) {
        return new Item(id, name, null, null, null, null, null);
    }
}
