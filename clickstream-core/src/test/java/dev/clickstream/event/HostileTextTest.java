package dev.clickstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.Seed;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Any event, also with hostile text in every attribute, comes back equal from its JSON, which any parser can read. */
@ExtendWith(Seed.class)
class HostileTextTest {

    private static final int ROUNDS = Integer.getInteger("clickstream.rounds", 2_000);
    private static final String[] HOSTILE = {
        "\0", "\"", "\\", "\n", "\r", "\t", "\u001F", "\u007F", "\u0080", "\u07FF", "\u0800", "\u2028", "\uD83D",
        "\uDED2", "\uD83D\uDED2", "\uFFFD", "\uFFFF", "\uFEFF", "}", "]", ",", "</script>", "\\u0000", "a", "%00", " "
    };

    private final JsonMapper jackson = new JsonMapper();

    @Test
    void fromJson_givesBackTheEvent(Random random) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            ClickEvent event = event(random);
            byte[] json = event.toJson();
            assertThat(ClickEvent.fromJson(json)).as("round %s", round).isEqualTo(event);
            assertThat(ClickEvent.fromJson(json).toJson()).isEqualTo(json);
            assertThat(event.toBuilder().build().toJson()).isEqualTo(json);

            JsonNode independent = jackson.readTree(json);
            assertThat(independent.path("user_id").textValue()).isEqualTo(event.userId());
            event.properties().forEach((name, value) -> assertThat(
                            independent.path("properties").path(name).textValue())
                    .isEqualTo(value));
        }
    }

    @Test
    void fromJson_whenBytesAreFlipped_readsOrRefuses(Random random) {
        byte[] json = ClickEventTest.full().toJson();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = json.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            ClickEvent event;
            try {
                event = ClickEvent.fromJson(mutant);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("cookie-1");
                continue;
            }
            assertThat(ClickEvent.fromJson(event.toJson())).isEqualTo(event);
        }
    }

    private static ClickEvent event(Random random) {
        ClickEventBuilder event = ClickEvent.builder("n" + text(random, 80))
                .userId("u" + text(random, 300))
                .eventTimestamp(Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L)))
                .requestStatus(random.nextInt(1_000))
                .producer(text(random, 10), random.nextLong(), random.nextLong());
        for (int i = 0; i < Attribute.count(); i++) {
            Attribute attribute = Attribute.at(i);
            if (attribute != Attribute.EVENT_NAME && attribute != Attribute.USER_ID && random.nextBoolean()) {
                event.attribute(attribute, text(random, 60));
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            event.item(new Item(
                    "i" + text(random, 9),
                    text(random, 9),
                    text(random, 9),
                    text(random, 9),
                    new BigDecimal(new BigInteger(70, random), random.nextInt(50) - 25),
                    text(random, 9),
                    random.nextInt()));
            event.property(text(random, 9), text(random, 9));
            event.error(text(random, 9));
        }
        return event.build();
    }

    private static String text(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength); i > 0; i--) {
            text.append(HOSTILE[random.nextInt(HOSTILE.length)]);
        }
        return text.toString();
    }

    @Test
    void toJson_isUtf8() {
        assertThat(new String(ClickEventTest.full().toJson(), UTF_8)).doesNotContain("\uFFFD");
    }
}
