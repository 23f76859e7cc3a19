package dev.clickstream.event;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product in a click. Immutable. Names follow Google Analytics 4's item parameters.
 *
 * <p>Texts are bounded when the event is built: 256 characters each, {@code currency} 8; a price has at most 18 digits
 * before and 18 after the point. What is beyond is cut or left out, and noted in the event's errors.
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

    /**
     * An item.
     *
     * @throws IllegalArgumentException if the id is empty
     */
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

    /**
     * The same item with a price.
     *
     * @param price of one piece
     * @param currency ISO 4217, such as {@code EUR}
     * @return a new item
     */
    public Item withPrice(BigDecimal price, String currency) {
        return new Item(id, name, brand, category, price, currency, quantity);
    }

    /**
     * The same item in this number.
     *
     * @param quantity pieces
     * @return a new item
     */
    public Item withQuantity(int quantity) {
        return new Item(id, name, brand, category, price, currency, quantity);
    }
}
