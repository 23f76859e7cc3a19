package dev.clickstream.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event's JSON form: one object, members always in the same order, unknown ones last. */
final class EventJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String EVENT_TIMESTAMP = "event_timestamp";
    private static final String REQUEST_STATUS = "request_status";
    private static final String PRODUCER_EPOCH = "producer_epoch";
    private static final String PRODUCER_SEQUENCE = "producer_sequence";
    private static final String ITEMS = "items";
    private static final String PROPERTIES = "properties";
    private static final String ERRORS = "errors";
    private static final String SCHEMA_VERSION = "schema_version";

    private EventJson() {}

    static byte[] write(ClickEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<Attribute, String> attribute : event.attributes().entrySet()) {
                json.writeStringField(attribute.getKey().jsonName(), attribute.getValue());
                if (attribute.getKey() == Attribute.EVENT_NAME) {
                    json.writeStringField(EVENT_TIMESTAMP, MILLIS.format(event.eventTimestamp()));
                }
            }
            writeNumber(json, REQUEST_STATUS, event.requestStatus());
            writeNumber(json, PRODUCER_EPOCH, event.producerEpoch());
            writeNumber(json, PRODUCER_SEQUENCE, event.producerSequence());
            writeItems(json, event);
            if (!event.properties().isEmpty()) {
                json.writeObjectField(PROPERTIES, event.properties());
            }
            if (!event.errors().isEmpty()) {
                json.writeObjectField(ERRORS, event.errors());
            }
            json.writeNumberField(SCHEMA_VERSION, event.schemaVersion());
            for (Map.Entry<String, Object> member : event.unknown().entrySet()) {
                json.writeObjectField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeNumber(JsonGenerator json, String name, @Nullable Number value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value.longValue());
        }
    }

    private static void writeItems(JsonGenerator json, ClickEvent event) throws IOException {
        if (event.items().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(ITEMS);
        for (Item item : event.items()) {
            json.writeStartObject();
            json.writeStringField("item_id", item.id());
            writeText(json, "item_name", item.name());
            writeText(json, "item_brand", item.brand());
            writeText(json, "item_category", item.category());
            writeText(json, "price", item.price() == null ? null : item.price().toPlainString());
            writeText(json, "currency", item.currency());
            writeNumber(json, "quantity", item.quantity());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    static ClickEvent read(byte[] bytes) {
        JsonNode root;
        try {
            root = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not JSON at byte " + e.getLocation().getByteOffset() + ": an event is one JSON object in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException("an event is one JSON object");
        }
        ClickEvent.Builder builder = new ClickEvent.Builder(InstantSource.system());
        builder.eventTimestamp(timestamp(root));
        root.properties().forEach(member -> readMember(builder, member.getKey(), member.getValue()));
        return builder.build();
    }

    private static Instant timestamp(JsonNode root) {
        JsonNode node = root.get(EVENT_TIMESTAMP);
        if (node == null || !node.isTextual()) {
            throw new IllegalArgumentException("/event_timestamp: text such as 2026-01-31T23:59:59.999Z is required");
        }
        try {
            return Instant.parse(node.textValue());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("/event_timestamp: not an instant such as 2026-01-31T23:59:59.999Z");
        }
    }

    private static void readMember(ClickEvent.Builder builder, String name, JsonNode node) {
        Attribute attribute = Attribute.byJsonName(name);
        if (attribute != null && node.isTextual()) {
            builder.attribute(attribute, node.textValue());
            return;
        }
        switch (name) {
            case EVENT_TIMESTAMP -> {}
            case REQUEST_STATUS -> builder.requestStatus(node.asInt());
            case PRODUCER_EPOCH -> builder.producerEpoch(node.asLong());
            case PRODUCER_SEQUENCE -> builder.producerSequence(node.asLong());
            case ITEMS -> node.forEach(item -> builder.item(item(item)));
            case PROPERTIES ->
                node.properties()
                        .forEach(property -> builder.property(
                                property.getKey(), property.getValue().asText()));
            case ERRORS -> node.forEach(error -> builder.error(error.asText()));
            case SCHEMA_VERSION -> builder.schemaVersion(node.asInt());
            default -> builder.unknown(name, node);
        }
    }

    private static Item item(JsonNode node) {
        String price = text(node, "price");
        JsonNode quantity = node.get("quantity");
        return new Item(
                node.path("item_id").asText(),
                text(node, "item_name"),
                text(node, "item_brand"),
                text(node, "item_category"),
                price == null ? null : new BigDecimal(price),
                text(node, "currency"),
                quantity == null ? null : quantity.asInt());
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }
}
