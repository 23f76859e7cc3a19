package dev.clickstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClickEventTest {

    static ClickEvent full() {
        return ClickEvent.builder("purchase")
                .eventId("e-1")
                .eventTimestamp(Instant.parse("2026-01-31T23:59:59.999999Z"))
                .userId("u-1")
                .userPseudoId("cookie-1")
                .sessionId("s-1")
                .pageLocation("https://shop.example/checkout?step=\"2\"")
                .pageReferrer("https://shop.example/basket")
                .pageTitle("Kasse \u2014 \uD83D\uDED2")
                .trafficSourceSource("newsletter")
                .trafficSourceMedium("email")
                .trafficSourceCampaign("winter")
                .deviceUserAgent("Mozilla/5.0 (X)\\")
                .geoCountry("DE")
                .requestId("r-1")
                .requestMethod("POST")
                .requestStatus(201)
                .requestHost("shop.example")
                .requestEdge("FRA56-P4")
                .producer("p-1", 3L, 9_007_199_254_740_993L)
                .item(new Item("p-7", "Tee", "Ours", "Clothes", new BigDecimal("12.50"), "EUR", 2))
                .item(Item.of("p-8", null))
                .property("b", "\u00e4")
                .property("a", "\0\t\n\u001F\"\\/")
                .error("page_language: not two letters")
                .build();
    }

    static String golden(String name) {
        try (var in = ClickEventTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(ClickEvent event) {
        return new String(event.toJson(), UTF_8);
    }

    @Test
    void toJson_isTheGoldenFile() {
        assertThat(json(full())).isEqualTo(golden("full-event.json"));
    }

    @Test
    void toJson_whenThereIsLittle_leavesTheRestOut() {
        ClickEvent event = ClickEvent.builder("page_view")
                .eventId("e")
                .eventTimestamp(Instant.EPOCH)
                .userPseudoId("c")
                .build();
        assertThat(json(event))
                .isEqualTo(
                        "{\"event_id\":\"e\",\"event_name\":\"page_view\","
                                + "\"event_timestamp\":\"1970-01-01T00:00:00.000Z\",\"user_pseudo_id\":\"c\",\"schema_version\":1}");
    }

    @Test
    void fromJson_readsWhatToJsonWrote() {
        ClickEvent read = ClickEvent.fromJson(full().toJson());
        assertThat(read).isEqualTo(full()).hasSameHashCodeAs(full());
        assertThat(read.producerSequence()).isEqualTo(9_007_199_254_740_993L);
        assertThat(read.items().get(0).price()).isEqualTo(new BigDecimal("12.50"));
        assertThat(read.properties().keySet()).containsExactly("a", "b");
    }

    @Test
    void toBuilder_startsWithAllOfTheEvent() {
        assertThat(full().toBuilder().build()).isEqualTo(full());
        ClickEvent other = full().toBuilder().userId(null).property("a", null).build();
        assertThat(other).isNotEqualTo(full());
        assertThat(other.userId()).isNull();
        assertThat(other.properties()).containsOnlyKeys("b");
        assertThat(other.eventId()).isEqualTo("e-1");
    }

    @Test
    void fromJson_whenMembersAreUnknown_writesThemBack() {
        String future = golden("event-of-tomorrow.json");
        ClickEvent event = ClickEvent.fromJson(future.getBytes(UTF_8));
        assertThat(json(event)).isEqualTo(future);
        assertThat(event.schemaVersion()).isEqualTo(2);
        assertThat(ClickEvent.fromJson(event.toJson())).isEqualTo(event);
        assertThat(json(event.toBuilder().item(Item.of("q", null)).build()))
                .contains("\"item_variant\":\"L\"},{\"item_id\":\"q\"}]");
    }

    @Test
    void fromJson_whenUnknownTextIsHalfASurrogatePair_replacesIt() {
        String half =
                golden("event-of-tomorrow.json").replace("mobile", "\\ud83d").replace("\"L\"", "[\"\\udc00\"]");
        ClickEvent event = ClickEvent.fromJson(half.getBytes(UTF_8));
        assertThat(json(event)).contains("\"device_category\":\"\uFFFD\"", "\"item_variant\":[\"\uFFFD\"]");
        assertThat(event.errors())
                .containsExactly(
                        "items/0/item_variant: half of a surrogate pair, replaced by U+FFFD",
                        "device_category: half of a surrogate pair, replaced by U+FFFD");
        assertThat(ClickEvent.fromJson(event.toJson())).isEqualTo(event);
    }

    @Test
    void build_whenNameOrIdentityIsMissing_refuses() {
        assertThatThrownBy(() -> ClickEvent.builder("page_view").sessionId("s").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an event needs an identity: user_id or user_pseudo_id");
        assertThatThrownBy(() -> ClickEvent.builder("x").userId(" ").build())
                .hasMessage("an event needs an identity: user_id or user_pseudo_id");
        assertThatThrownBy(() -> ClickEvent.builder(" ").userId("u").build())
                .hasMessage("an event needs an event_name");
    }

    @Test
    void eventId_byDefault_isAUuidOfVersionSevenThatHoldsTheTime() {
        ClickEvent event = ClickEvent.builder("x")
                .userId("u")
                .eventTimestamp(Instant.ofEpochMilli(0x0123456789ABL))
                .build();
        assertThat(event.eventId()).matches("01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(event.toBuilder().eventId(null).build().eventId()).isNotEqualTo(event.eventId());
    }

    @Test
    void toString_showsTheIdAlone() {
        assertThat(full()).hasToString("ClickEvent[e-1]");
    }
}
