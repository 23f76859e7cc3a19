package dev.clickstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ClickEventBuilderTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00.123456Z");

    private static ClickEventBuilder builder() {
        return new ClickEventBuilder(InstantSource.fixed(NOW))
                .attribute("event_name", "x")
                .userId("u");
    }

    @Test
    void build_whenTextIsTooLong_cutsAndNotesIt() {
        ClickEvent event = builder()
                .userId("u".repeat(300))
                .pageTitle("t".repeat(1_023) + "\uD83D\uDED2")
                .property("p", "v".repeat(5_000))
                .item(Item.of("i".repeat(257), "n"))
                .build();
        assertThat(event.userId()).hasSize(256);
        assertThat(event.pageTitle()).isEqualTo("t".repeat(1_023));
        assertThat(event.properties().get("p")).hasSize(4_096);
        assertThat(event.items().get(0).id()).hasSize(256);
        assertThat(event.errors())
                .containsExactly(
                        "user_id: cut from 300 to 256 characters",
                        "page_title: cut from 1025 to 1024 characters",
                        "items/0/item_id: cut from 257 to 256 characters",
                        "properties/p: cut from 5000 to 4096 characters");
    }

    @Test
    void build_whenAValueWasSetAgain_notesNothingOfTheFirst() {
        assertThat(builder().userId("u".repeat(300)).userId("u").build().errors())
                .isEmpty();
    }

    @Test
    void build_whenHalfASurrogatePair_replacesAndNotesIt() {
        ClickEvent event = builder().pageTitle("a\uD83Db\uDED2\uD83D\uDED2").build();
        assertThat(event.pageTitle()).isEqualTo("a\uFFFDb\uFFFD\uD83D\uDED2");
        assertThat(event.errors()).containsExactly("page_title: half of a surrogate pair, replaced by U+FFFD");
    }

    @Test
    void build_whenNumbersAreOutOfRange_leavesThemOutAndNotesIt() {
        ClickEvent event = builder()
                .requestStatus(1_000)
                .eventTimestamp(Instant.MAX)
                .item(Item.of("a", null).withPrice(new BigDecimal("1E+999999999"), "EUR"))
                .item(Item.of("b", null).withPrice(new BigDecimal("1E-19"), "EUR"))
                .item(Item.of("c", null)
                        .withPrice(new BigDecimal("1E+3"), "EUR")
                        .withQuantity(2))
                .build();
        assertThat(event.requestStatus()).isNull();
        assertThat(event.eventTimestamp()).hasToString("2026-07-01T12:00:00.123Z");
        assertThat(event.items()).extracting(Item::price).containsExactly(null, null, new BigDecimal("1000"));
        assertThat(event.errors())
                .containsExactly(
                        "event_timestamp: not between 1970 and 9999, the present taken instead",
                        "request_status: must be from 0 to 999",
                        "items/0/price: more than 18 digits before or after the point",
                        "items/1/price: more than 18 digits before or after the point");
    }

    @Test
    void build_whenThereAreTooMany_keepsTheFirst() {
        ClickEventBuilder builder = builder().property("", "x").property("n".repeat(65), "x");
        for (int i = 0; i < 201; i++) {
            builder.item(Item.of("i" + i, null)).property("p" + (1_000 + i), "x");
        }
        ClickEvent event = builder.build();
        assertThat(event.items()).hasSize(200);
        assertThat(event.properties()).hasSize(100).containsKey("p1000").doesNotContainKey("p1100");
        assertThat(event.errors())
                .containsExactly(
                        "items: the first 200 of 201 kept",
                        "properties: a name has 0 characters, allowed are 1 to 64",
                        "properties: a name has 65 characters, allowed are 1 to 64",
                        "properties: the first 100 of 201 by name kept");
    }

    @Test
    void attribute_whenTheNameIsNone_isAProperty() {
        ClickEvent event = builder()
                .attribute("page_title", "t")
                .attribute("colour", "red")
                .build();
        assertThat(event.pageTitle()).isEqualTo("t");
        assertThat(event.properties()).containsEntry("colour", "red");
    }

    @Test
    void error_isBounded() {
        ClickEventBuilder builder = builder();
        for (int i = 0; i < 60; i++) {
            builder.error("e".repeat(300));
        }
        assertThat(builder.build().errors()).hasSize(50).allMatch(error -> error.length() == 256);
    }

    @Test
    void build_byDefault_isNow_andCanBeRepeated() {
        ClickEventBuilder builder = builder();
        ClickEvent event = builder.build();
        assertThat(event.eventTimestamp()).hasToString("2026-07-01T12:00:00.123Z");
        assertThat(builder.build().eventId()).isNotEqualTo(event.eventId());
    }

    @Test
    void item_whenIdIsEmpty_isRefused() {
        assertThatThrownBy(() -> Item.of("", null)).hasMessage("an item's id must not be empty");
    }

    @Test
    void samplingRate_becomesAWeight() {
        ClickEventBuilder event = ClickEvent.builder("x").userId("u");
        assertThat(event.build().samplingRate()).isNull();
        assertThat(event.build().samplingWeight()).isEqualTo(1);
        assertThat(event.samplingRate(5).build().samplingWeight()).isEqualTo(20);
        assertThat(new String(event.build().toJson(), java.nio.charset.StandardCharsets.UTF_8))
                .contains(",\"sampling_rate\":5,");
        assertThat(ClickEvent.fromJson(event.build().toJson()).samplingRate()).isEqualTo(5);
        assertThat(event.samplingRate(100).build().samplingRate()).isNull();
        assertThat(event.samplingRate(0).build().errors()).containsExactly("sampling_rate: must be from 1 to 100");
    }

    @Test
    void loginAndSignUp_joinBothIds() {
        ClickEvent login = ClickEvent.login("u", "device").build();
        assertThat(login.eventName() + login.userId() + login.userPseudoId()).isEqualTo("loginudevice");
        assertThat(ClickEvent.signUp("u", "device").build().eventName()).isEqualTo("sign_up");
    }
}
