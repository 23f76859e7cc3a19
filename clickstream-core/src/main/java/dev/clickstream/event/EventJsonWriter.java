package dev.clickstream.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event's JSON form: one object, members always in the same order, unknown ones last. */
final class EventJsonWriter {

    private static final byte[] EVENT_TIMESTAMP = ascii("\"event_timestamp\":");
    private static final byte[] REQUEST_STATUS = ascii(",\"request_status\":");
    private static final byte[] SAMPLING_RATE = ascii(",\"sampling_rate\":");
    private static final byte[] PRODUCER_EPOCH = ascii(",\"producer_epoch\":");
    private static final byte[] PRODUCER_SEQUENCE = ascii(",\"producer_sequence\":");
    private static final byte[] ITEMS = ascii(",\"items\":[");
    private static final byte[] ITEM_ID = ascii("{\"item_id\":");
    private static final byte[] ITEM_NAME = ascii(",\"item_name\":");
    private static final byte[] ITEM_BRAND = ascii(",\"item_brand\":");
    private static final byte[] ITEM_CATEGORY = ascii(",\"item_category\":");
    private static final byte[] PRICE = ascii(",\"price\":");
    private static final byte[] CURRENCY = ascii(",\"currency\":");
    private static final byte[] QUANTITY = ascii(",\"quantity\":");
    private static final byte[] PROPERTIES = ascii(",\"properties\":{");
    private static final byte[] ERRORS = ascii(",\"errors\":[");
    private static final byte[] SCHEMA_VERSION = ascii(",\"schema_version\":");
    /** Attributes' names as they stand before a value, by index. */
    private static final byte[][] MEMBERS = members();

    /** As Jackson does it: most of an event's cost would be its buffer otherwise. */
    private static final ThreadLocal<JsonBytes> BUFFERS = ThreadLocal.withInitial(JsonBytes::new);

    private EventJsonWriter() {}

    static byte[] write(ClickEvent event) {
        JsonBytes json = BUFFERS.get().clear().raw('{');
        attributes(json, event);
        number(json, REQUEST_STATUS, event.requestStatus());
        number(json, SAMPLING_RATE, event.samplingRate());
        number(json, PRODUCER_EPOCH, event.producerEpoch());
        number(json, PRODUCER_SEQUENCE, event.producerSequence());
        items(json, event);
        properties(json, event);
        errors(json, event);
        json.raw(SCHEMA_VERSION).number(event.schemaVersion());
        unknown(json, event.unknown().ofEvent());
        return json.raw('}').toByteArray();
    }

    private static void attributes(JsonBytes json, ClickEvent event) {
        for (int i = 0; i < Attribute.count(); i++) {
            Attribute attribute = Attribute.at(i);
            String value = event.attribute(attribute);
            if (value != null) {
                json.comma().raw(MEMBERS[i]).text(value);
            }
            if (attribute == Attribute.EVENT_NAME) {
                json.comma().raw(EVENT_TIMESTAMP).instant(event.eventTimeMillis());
            }
        }
    }

    private static void items(JsonBytes json, ClickEvent event) {
        if (event.items().isEmpty()) {
            return;
        }
        json.raw(ITEMS);
        for (int i = 0; i < event.items().size(); i++) {
            Item item = event.items().get(i);
            json.comma().raw(ITEM_ID).text(item.id());
            text(json, ITEM_NAME, item.name());
            text(json, ITEM_BRAND, item.brand());
            text(json, ITEM_CATEGORY, item.category());
            text(json, PRICE, item.price() == null ? null : item.price().toPlainString());
            text(json, CURRENCY, item.currency());
            number(json, QUANTITY, item.quantity());
            unknown(json, event.unknown().ofItems().getOrDefault(i, Map.of()));
            json.raw('}');
        }
        json.raw(']');
    }

    private static void properties(JsonBytes json, ClickEvent event) {
        if (!event.properties().isEmpty()) {
            json.raw(PROPERTIES);
            event.properties().forEach((name, value) -> json.name(name).text(value));
            json.raw('}');
        }
    }

    private static void errors(JsonBytes json, ClickEvent event) {
        if (!event.errors().isEmpty()) {
            json.raw(ERRORS);
            event.errors().forEach(error -> json.comma().text(error));
            json.raw(']');
        }
    }

    private static void unknown(JsonBytes json, Map<String, JsonNode> members) {
        members.forEach((name, value) -> tree(json.name(name), value));
    }

    private static void tree(JsonBytes json, JsonNode node) {
        if (node.isObject()) {
            json.raw('{');
            node.properties().forEach(member -> tree(json.name(member.getKey()), member.getValue()));
            json.raw('}');
        } else if (node.isArray()) {
            json.raw('[');
            node.forEach(element -> tree(json.comma(), element));
            json.raw(']');
        } else if (node.isTextual()) {
            json.text(node.textValue());
        } else {
            json.raw(ascii(node.asText()));
        }
    }

    private static void text(JsonBytes json, byte[] member, @Nullable String value) {
        if (value != null) {
            json.raw(member).text(value);
        }
    }

    private static void number(JsonBytes json, byte[] member, @Nullable Number value) {
        if (value != null) {
            json.raw(member).number(value.longValue());
        }
    }

    private static byte[][] members() {
        byte[][] members = new byte[Attribute.count()][];
        for (int i = 0; i < members.length; i++) {
            members[i] = ascii('"' + Attribute.at(i).jsonName() + "\":");
        }
        return members;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
