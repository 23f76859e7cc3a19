package dev.clickstream.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event from its JSON. What is of the wrong type is left out and noted; what is not known is kept. */
final class EventJsonReader {

    private static final ObjectReader TREES = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private static final Set<String> ITEM_MEMBERS =
            Set.of("item_id", "item_name", "item_brand", "item_category", "price", "currency", "quantity");
    private static final int MAX_PRICE_TEXT = 64;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private EventJsonReader() {}

    static ClickEvent read(byte[] json) {
        JsonNode root = tree(json);
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException("an event is one JSON object");
        }
        ClickEventBuilder event = new ClickEventBuilder(SystemTime.CLOCK);
        event.eventTimestamp(timestamp(root.path("event_timestamp")));
        root.properties().forEach(member -> member(event, member.getKey(), member.getValue()));
        return event.build();
    }

    private static @Nullable JsonNode tree(byte[] json) {
        try {
            return TREES.readValue(json);
        } catch (IOException e) {
            // Jackson's own message quotes the content, so neither it nor the cause is passed on.
            throw new IllegalArgumentException("not JSON" + place(e) + ": an event is one JSON object in UTF-8");
        }
    }

    private static String place(IOException e) {
        boolean known = e instanceof JsonProcessingException json
                && json.getLocation() != null
                && json.getLocation().getByteOffset() >= 0;
        return known ? " at byte " + ((JsonProcessingException) e).getLocation().getByteOffset() : "";
    }

    private static Instant timestamp(JsonNode node) {
        try {
            Instant instant = Instant.parse(node.isTextual() ? node.textValue() : "");
            if (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LAST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // The message below says all that may be said.
        }
        throw new IllegalArgumentException(
                "/event_timestamp: must be an instant from 1970 to 9999, such as 2026-01-31T23:59:59.999Z");
    }

    private static void member(ClickEventBuilder event, String name, JsonNode node) {
        Attribute attribute = Attribute.byJsonName(name);
        if (attribute != null) {
            event.attribute(attribute, text(event, name, node));
            return;
        }
        switch (name) {
            case "event_timestamp" -> {}
            case "request_status" -> event.requestStatus(integer(event, name, node));
            case "sampling_rate" -> event.samplingRate(integer(event, name, node));
            case "producer_epoch" -> event.producerEpoch(number(event, name, node));
            case "producer_sequence" -> event.producerSequence(number(event, name, node));
            case "items" -> items(event, node);
            case "properties" -> properties(event, node);
            case "errors" -> node.forEach(error -> event.error(error.asText()));
            case "schema_version" -> schemaVersion(event, node);
            default -> event.unknown(EventLimits.wellFormed(name), whole(event, name, node));
        }
    }

    /** What is not known is kept as it is, except for what would make its object unreadable for others. */
    private static JsonNode whole(ClickEventBuilder event, String at, JsonNode node) {
        String text = node.toString();
        String whole = EventLimits.wellFormed(text);
        if (whole.equals(text)) {
            return node;
        }
        event.error(EventLimits.halfReplaced(at));
        JsonNode replaced = tree(whole.getBytes(StandardCharsets.UTF_8));
        return replaced == null ? NullNode.getInstance() : replaced;
    }

    private static void schemaVersion(ClickEventBuilder event, JsonNode node) {
        Integer version = integer(event, "schema_version", node);
        if (version != null && version >= 1) {
            event.schemaVersion(version);
        } else {
            event.error("schema_version: must be 1 or more");
        }
    }

    private static void properties(ClickEventBuilder event, JsonNode node) {
        if (!node.isObject()) {
            event.error("properties: not an object");
            return;
        }
        node.properties().forEach(property -> {
            JsonNode value = property.getValue();
            event.property(property.getKey(), value.isContainerNode() ? value.toString() : scalar(value));
        });
    }

    private static void items(ClickEventBuilder event, JsonNode node) {
        if (!node.isArray()) {
            event.error("items: not an array");
            return;
        }
        for (int i = 0; i < node.size(); i++) {
            item(event, "items/" + i + "/", node.get(i));
        }
    }

    private static void item(ClickEventBuilder event, String at, JsonNode node) {
        String id = text(event, at + "item_id", node.path("item_id"));
        if (id == null || id.isEmpty()) {
            event.error(at + "item_id: missing, the item is left out");
            return;
        }
        event.item(new Item(
                id,
                text(event, at + "item_name", node.path("item_name")),
                text(event, at + "item_brand", node.path("item_brand")),
                text(event, at + "item_category", node.path("item_category")),
                price(event, at + "price", node.path("price")),
                text(event, at + "currency", node.path("currency")),
                integer(event, at + "quantity", node.path("quantity"))));
        node.properties().forEach(member -> {
            if (!ITEM_MEMBERS.contains(member.getKey())) {
                String name = member.getKey();
                event.unknownOfLastItem(EventLimits.wellFormed(name), whole(event, at + name, member.getValue()));
            }
        });
    }

    private static @Nullable BigDecimal price(ClickEventBuilder event, String at, JsonNode node) {
        String text = text(event, at, node);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() <= MAX_PRICE_TEXT) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException e) {
            // Noted below.
        }
        event.error(at + ": not a decimal number");
        return null;
    }

    private static @Nullable Integer integer(ClickEventBuilder event, String at, JsonNode node) {
        Long number = number(event, at, node);
        if (number != null && number != number.intValue()) {
            event.error(at + ": too large");
            return null;
        }
        return number == null ? null : number.intValue();
    }

    private static @Nullable Long number(ClickEventBuilder event, String at, JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (!node.isMissingNode() && !node.isNull()) {
            event.error(at + ": not a whole number");
        }
        return null;
    }

    private static @Nullable String text(ClickEventBuilder event, String at, JsonNode node) {
        if (node.isContainerNode()) {
            event.error(at + ": not a text");
            return null;
        }
        return scalar(node);
    }

    private static @Nullable String scalar(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asText();
    }
}
