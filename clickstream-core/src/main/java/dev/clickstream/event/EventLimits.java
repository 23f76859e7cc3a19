package dev.clickstream.event;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes values fit, and notes what did not: too long is cut, half a surrogate pair becomes U+FFFD, a number out of range
 * is left out. What fits once fits again unchanged, so an event reads back as it was written.
 */
final class EventLimits {

    static final int MAX_ITEMS = 200;
    static final int MAX_PROPERTIES = 100;
    static final int MAX_PROPERTY_NAME = 64;
    static final int MAX_PROPERTY_VALUE = 4096;
    private static final int MAX_ITEM_TEXT = 256;
    private static final int MAX_CURRENCY = 8;
    private static final int MAX_PRICE_DIGITS = 18;
    private static final int ALL = 100;
    private static final int MAX_ERRORS = 50;
    private static final int MAX_ERROR_LENGTH = 256;
    /** 9999-12-31T23:59:59.999Z, the last that ISO 8601 writes with four digits. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final char REPLACEMENT = '\uFFFD';

    private final List<String> errors = new ArrayList<>();

    EventLimits(List<String> errorsBefore) {
        errorsBefore.forEach(this::note);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    private void note(String error) {
        if (errors.size() < MAX_ERRORS) {
            String whole = wellFormed(error);
            errors.add(whole.length() <= MAX_ERROR_LENGTH ? whole : cut(whole, MAX_ERROR_LENGTH));
        }
    }

    /** The text within its limit; blank text is none. */
    @Nullable
    String text(String name, @Nullable String value, int maxLength) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        String whole = wellFormed(value);
        if (!whole.equals(value)) {
            note(halfReplaced(name));
        }
        if (whole.length() <= maxLength) {
            return whole;
        }
        note(name + ": cut from " + whole.length() + " to " + maxLength + " characters");
        return cut(whole, maxLength);
    }

    @Nullable
    Long millis(long value) {
        if (value >= 0 && value <= MAX_MILLIS) {
            return value;
        }
        note("event_timestamp: not between 1970 and 9999, the present taken instead");
        return null;
    }

    @Nullable
    Integer status(@Nullable Integer value) {
        if (value == null || (value >= 0 && value <= 999)) {
            return value;
        }
        note("request_status: must be from 0 to 999");
        return null;
    }

    @Nullable
    Integer samplingRate(@Nullable Integer percent) {
        if (percent == null || percent == ALL) {
            return null;
        }
        if (percent > 0 && percent < ALL) {
            return percent;
        }
        note("sampling_rate: must be from 1 to 100");
        return null;
    }

    List<Item> items(List<Item> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        if (items.size() > MAX_ITEMS) {
            note("items: the first " + MAX_ITEMS + " of " + items.size() + " kept");
        }
        List<Item> kept = new ArrayList<>();
        for (Item item : items.subList(0, Math.min(items.size(), MAX_ITEMS))) {
            kept.add(item(item, "items/" + kept.size() + "/"));
        }
        return Collections.unmodifiableList(kept);
    }

    private Item item(Item item, String at) {
        return new Item(
                Objects.requireNonNull(text(at + "item_id", item.id(), MAX_ITEM_TEXT)),
                text(at + "item_name", item.name(), MAX_ITEM_TEXT),
                text(at + "item_brand", item.brand(), MAX_ITEM_TEXT),
                text(at + "item_category", item.category(), MAX_ITEM_TEXT),
                price(item.price(), at),
                text(at + "currency", item.currency(), MAX_CURRENCY),
                item.quantity());
    }

    private @Nullable BigDecimal price(@Nullable BigDecimal price, String at) {
        if (price == null) {
            return null;
        }
        long digitsBeforePoint = (long) price.precision() - price.scale();
        if (digitsBeforePoint > MAX_PRICE_DIGITS || price.scale() > MAX_PRICE_DIGITS) {
            note(at + "price: more than " + MAX_PRICE_DIGITS + " digits before or after the point");
            return null;
        }
        return price.scale() < 0 ? price.setScale(0) : price;
    }

    Map<String, String> properties(Map<String, String> properties) {
        if (properties.isEmpty()) {
            return Map.of();
        }
        TreeMap<String, String> kept = new TreeMap<>();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            String name = wellFormed(property.getKey());
            if (name.isEmpty() || name.length() > MAX_PROPERTY_NAME) {
                note("properties: a name has " + name.length() + " characters, allowed are 1 to " + MAX_PROPERTY_NAME);
                continue;
            }
            String value = text("properties/" + name, property.getValue(), MAX_PROPERTY_VALUE);
            kept.put(name, value == null ? "" : value);
        }
        if (kept.size() > MAX_PROPERTIES) {
            note("properties: the first " + MAX_PROPERTIES + " of " + kept.size() + " by name kept");
            while (kept.size() > MAX_PROPERTIES) {
                kept.pollLastEntry();
            }
        }
        return Collections.unmodifiableMap(kept);
    }

    private static String cut(String value, int length) {
        boolean splitsPair = Character.isHighSurrogate(value.charAt(length - 1));
        return value.substring(0, splitsPair ? length - 1 : length);
    }

    static String halfReplaced(String name) {
        return name + ": half of a surrogate pair, replaced by U+FFFD";
    }

    static String wellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return replaceHalves(value, i);
            }
        }
        return value;
    }

    private static String replaceHalves(String value, int from) {
        StringBuilder whole = new StringBuilder(value);
        for (int i = from; i < whole.length(); i++) {
            char c = whole.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < whole.length()
                    && Character.isLowSurrogate(whole.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                whole.setCharAt(i, REPLACEMENT);
            }
        }
        return whole.toString();
    }
}
