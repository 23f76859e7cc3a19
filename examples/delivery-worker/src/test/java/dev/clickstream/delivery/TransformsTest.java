package dev.clickstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.EventPrivacy;
import dev.clickstream.consumer.Outcome;
import dev.clickstream.consumer.StreamRecord;
import dev.clickstream.consumer.Transform;
import dev.clickstream.event.ClickEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformsTest {
    private static final Map<String, String> KEY = Map.of("CLICKSTREAM_PRIVACY_KEY", "0123456789abcdef");

    @TempDir
    Path directory;

    private Transform transform(String settings, Map<String, String> environment) throws IOException {
        Path path = Files.writeString(
                directory.resolve("worker.json"),
                "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\", \"transform\": \"PASS_THROUGH\""
                        + settings + "}");
        return Settings.of(ConfigurationFile.read(path, environment)).transform();
    }

    private static List<Outcome> apply(Transform transform, byte[] data) {
        return transform.apply(new StreamRecord("shardId-000000000000", "1", 0, "k", Instant.EPOCH, data));
    }

    private static ClickEvent event(String consent) {
        return ClickEvent.builder("page_view")
                .userId("user")
                .pageLocation("https://shop.example/?q=socks&mail=a%40b.example")
                .property("consent", consent)
                .property("address", "203.0.113.77")
                .property("note", "secret")
                .property("gone", "secret")
                .build();
    }

    @Test
    void privacy_isAskedByTheFile() throws IOException {
        Transform transform = transform(
                """
                , "privacy_consent_property": "consent", "privacy_consent_values": ["yes", "1"],
                "privacy_hash": "user_id", "privacy_truncate_address": ["address"], "privacy_mask": ["note"],
                "privacy_drop": ["gone", "consent"], "privacy_drop_query_parameters": "mail"
                """,
                KEY);

        List<Outcome> outcomes = apply(transform, event("yes").toJson());

        assertThat(outcomes).hasSize(1);
        ClickEvent kept = ClickEvent.fromJson(((Outcome.Ok) outcomes.get(0)).data());
        assertThat(kept.userId()).matches("[0-9a-f]{32}");
        assertThat(kept.pageLocation()).isEqualTo("https://shop.example/?q=socks");
        assertThat(kept.properties()).isEqualTo(Map.of("address", "203.0.113.0", "note", "***"));
        assertThat(apply(transform, event("no").toJson()))
                .containsExactly(new Outcome.Dropped(EventPrivacy.NO_CONSENT));
        assertThat(apply(transform, new byte[] {'x'}))
                .singleElement()
                .hasToString("Failed[" + EventPrivacy.NO_EVENT + "]");
    }

    @Test
    void privacy_isAPartOfTheConfiguration_butNotItsKey() throws IOException {
        String hashing = transform(", \"privacy_hash\": \"user_id\"", KEY).configuration();
        String masking = transform(", \"privacy_mask\": \"note\"", Map.of()).configuration();

        assertThat(hashing).contains("hash [user_id]").doesNotContain("0123456789abcdef");
        assertThat(masking).contains("mask [note]").isNotEqualTo(hashing);
        assertThat(transform("", Map.of())).isSameAs(Transform.passThrough());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"privacy_hash\": \"user_id\"|privacy_key: a key has at least 16 bytes, this one 0",
                "\"privacy_key\": \"k\"|privacy_key: it needs privacy_hash",
                "\"privacy_drop\": \"user_id\"|privacy_drop: user_id can be hashed, but not taken away",
                "\"privacy_mask\": [\"event_name\"]|privacy_mask: event_name can be hashed, but not taken away",
                "\"privacy_consent_property\": \"c\"|privacy_consent_values: at least one is wanted that means yes",
                "\"privacy_consent_values\": \"yes\"|privacy_consent_values: it needs privacy_consent_property",
            })
    void wrongSetting_isToldWithItsName(String setting, String message) {
        assertThatThrownBy(() -> transform(", " + setting, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("worker.json, " + message);
    }
}
