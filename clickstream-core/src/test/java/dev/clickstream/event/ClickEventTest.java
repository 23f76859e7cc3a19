package dev.clickstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClickEventTest {

    private static final String GOLDEN = "{\"event_id\":\"e-1\",\"event_name\":\"purchase\","
            + "\"event_timestamp\":\"2026-01-31T23:59:59.999Z\",\"user_id\":\"u\",\"request_id\":\"r\","
            + "\"request_status\":200,\"items\":[{\"item_id\":\"p\",\"item_name\":\"Tee\",\"price\":\"12.50\","
            + "\"currency\":\"EUR\",\"quantity\":2}],\"properties\":{\"a\":\"\\u0000\\n\",\"b\":\"ä\"},"
            + "\"schema_version\":1}";

    private static ClickEvent event() {
        return ClickEvent.builder("purchase")
                .eventId("e-1")
                .eventTimestamp(Instant.parse("2026-01-31T23:59:59.999999Z"))
                .userId("u")
                .requestId("r")
                .requestStatus(200)
                .item(new Item("p", "Tee", null, null, new BigDecimal("12.50"), "EUR", 2))
                .property("b", "ä")
                .property("a", "\0\n")
                .build();
    }

    @Test
    void toJson_isTheGoldenLine() {
        assertThat(new String(event().toJson(), UTF_8)).isEqualTo(GOLDEN);
    }

    @Test
    void fromJson_readsWhatToJsonWrote() {
        assertThat(ClickEvent.fromJson(event().toJson())).isEqualTo(event());
        assertThat(event().toBuilder().build()).isEqualTo(event());
    }

    @Test
    void fromJson_whenMembersAreUnknown_writesThemBack() {
        String future = GOLDEN.replace("\"schema_version\":1}", "\"schema_version\":2,\"new\":{\"x\":[1,null]}}");
        assertThat(new String(ClickEvent.fromJson(future.getBytes(UTF_8)).toJson(), UTF_8))
                .isEqualTo(future);
    }

    @Test
    void build_whenIdentityIsMissing_refuses() {
        assertThatThrownBy(() -> ClickEvent.builder("page_view").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an event needs an identity: user_id or user_pseudo_id");
    }

    @Test
    void build_whenAValueIsTooLong_cutsAndNotesIt() {
        ClickEvent event = ClickEvent.builder("x").userId("u".repeat(300)).build();
        assertThat(event.userId()).hasSize(256);
        assertThat(event.errors()).containsExactly("user_id: cut from 300 to 256 characters");
    }

    @Test
    void eventId_byDefault_isAUuidOfVersionSeven() {
        assertThat(ClickEvent.builder("x").userId("u").build().eventId())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void toString_showsNoUserData() {
        assertThat(event()).hasToString("ClickEvent[e-1]");
    }
}
