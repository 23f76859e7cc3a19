package dev.clickstream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Writes the data dictionary from the model: names, order and examples are those of an event's JSON, limits the model's,
 * and what they mean stands here. The module's copy must say the same.
 */
class DataDictionaryTest {

    private static final String HEAD =
            """
            # Data dictionary

            What a click event's JSON holds, one object a line, members in this order; what an event does not have is not
            written. Written by the build from the model: `DataDictionaryTest` says so when this copy is behind, and where
            the new one is.

            **Counting a sampled log.** Where `sampling_rate` stands, an event is one of several: count with
            `sum(100.0 / coalesce(sampling_rate, 100))`, and multiply sums in the same way. Distinct visitors cannot be scaled up.

            **How the schema may change.** Members may be added, with the same `schema_version`; readers keep what they do
            not know. A member's name, type and meaning never change, and none is taken away, without a new version.
            Readers read all older versions.

            | member | type | unit or limit | source | meaning | example |
            |---|---|---|---|---|---|
            """;

    private static final Map<String, Row> ROWS = new LinkedHashMap<>();

    private record Row(String type, String unit, String source, String meaning) {}

    static {
        text("event_id", "`x-edge-request-id`, or a UUIDv7", "unique; the key to find copies");
        text("event_name", "rule, or caller", "what happened, by Google Analytics 4's names");
        row("event_timestamp", "timestamp", "UTC, milliseconds", "`timestamp`, or caller", "when it happened");
        text("user_id", "rule, or caller", "who it was, if logged in");
        text("user_pseudo_id", "rule, or caller", "device or cookie; or a hash, then `properties.identity` says so");
        text("session_id", "rule, or caller", "the visit");
        text("page_location", "rule, or caller", "the page's URL");
        text("page_referrer", "`cs-referer`", "the page before");
        text("page_title", "rule, or caller", "the page's title");
        text("traffic_source_source", "rule, or caller", "where the visitor came from");
        text("traffic_source_medium", "rule, or caller", "by which kind of link");
        text("traffic_source_campaign", "rule, or caller", "by which campaign");
        text("device_user_agent", "`cs-user-agent`", "what the browser calls itself");
        text("geo_country", "`c-country`", "ISO 3166, two letters");
        text("request_id", "`x-edge-request-id`", "the HTTP request");
        text("request_method", "`cs-method`", "its method");
        text("request_host", "`cs-host`", "the host that the viewer asked");
        text("request_edge", "`x-edge-location`", "the edge location that answered");
        text("producer_id", "producer", "which producer sent it");
        row(
                "request_status",
                "integer",
                "0 to 999",
                "`sc-status`",
                "HTTP status; 0 if the viewer left before an answer");
        row(
                "sampling_rate",
                "integer",
                "percent, 1 to 99",
                "the log's configuration",
                "how many of a hundred clicks there are");
        row("producer_epoch", "integer", "", "producer", "which life of the producer");
        row("producer_sequence", "integer", "", "producer", "the event's number in that life");
        row("items", "array", "200 items", "rule, or caller", "products");
        item("item_id", "string", "256 characters", "never empty");
        item("item_name", "string", "256 characters", "");
        item("item_brand", "string", "256 characters", "");
        item("item_category", "string", "256 characters", "");
        item("price", "decimal text", "of one piece, in `currency`", "18 digits before the point and 18 after");
        item("currency", "string", "ISO 4217", "");
        item("quantity", "integer", "pieces", "");
        row(
                "properties",
                "map of strings",
                "100 of 4096 characters",
                "rule, or caller",
                "anything else, sorted by name");
        row("errors", "array of strings", "50", "library", "what was invalid: attribute and reason, never the value");
        row("schema_version", "integer", "", "library", "the version that it was made with");
    }

    private static void text(String name, String source, String meaning) {
        Attribute attribute = Attribute.byJsonName(name);
        assertThat(attribute).as(name).isNotNull();
        row(name, "string", attribute.maxLength() + " characters", source, meaning);
    }

    private static void item(String name, String type, String unit, String meaning) {
        row("items[]." + name, type, unit, "rule, or caller", meaning);
    }

    private static void row(String name, String type, String unit, String source, String meaning) {
        ROWS.put(name, new Row(type, unit, source, meaning));
    }

    @Test
    void dictionary_isWrittenFromTheModel() throws IOException {
        JsonNode json = new JsonMapper().readTree(everything().toJson());
        Map<String, String> examples = new LinkedHashMap<>();
        json.properties().forEach(member -> {
            boolean items = member.getKey().equals("items");
            examples.put(member.getKey(), items ? "" : "`" + member.getValue() + "`");
            if (items) {
                member.getValue()
                        .get(0)
                        .properties()
                        .forEach(of -> examples.put("items[]." + of.getKey(), "`" + of.getValue() + "`"));
            }
        });
        assertThat(examples.keySet()).as("members in order").containsExactlyElementsOf(ROWS.keySet());

        StringBuilder dictionary = new StringBuilder(HEAD);
        ROWS.forEach((name, row) -> dictionary.append("| `%s` | %s | %s | %s | %s | %s |%n"
                .formatted(name, row.type, row.unit, row.source, row.meaning, examples.get(name))
                .replace("\r\n", "\n")));
        Path written = Path.of("target", "DATA-DICTIONARY.md");
        Files.writeString(written, dictionary);
        assertThat(Path.of("DATA-DICTIONARY.md"))
                .as("the new one is " + written)
                .hasContent(dictionary.toString());
    }

    private static ClickEvent everything() {
        ClickEventBuilder event = ClickEvent.builder("purchase")
                .eventId("0190163d-8694-739b-aea5-966c26f8ad91")
                .eventTimestamp(Instant.parse("2026-01-31T23:59:59.999Z"))
                .requestStatus(200)
                .samplingRate(25)
                .producer("shop-1", 3L, 42L)
                .item(new Item("34026", "Kettle", "Acme", "Kitchen", new BigDecimal("49.90"), "EUR", 1))
                .property("language", "de-DE")
                .error("page_title: cut from 2000 to 1024 characters");
        Map.ofEntries(
                        Map.entry("user_id", "u-1"),
                        Map.entry("user_pseudo_id", "acf83a9c276c62ab"),
                        Map.entry("session_id", "s-1"),
                        Map.entry("page_location", "https://shop.example/product/34026"),
                        Map.entry("page_referrer", "https://shop.example/"),
                        Map.entry("page_title", "Kettle"),
                        Map.entry("traffic_source_source", "newsletter"),
                        Map.entry("traffic_source_medium", "email"),
                        Map.entry("traffic_source_campaign", "spring"),
                        Map.entry("device_user_agent", "Mozilla/5.0"),
                        Map.entry("geo_country", "DE"),
                        Map.entry("request_id", "cGX9Jx7KFX7UwY8K"),
                        Map.entry("request_method", "GET"),
                        Map.entry("request_host", "shop.example"),
                        Map.entry("request_edge", "FRA56-P4"))
                .forEach(event::attribute);
        return event.build();
    }
}
