package dev.clickstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyTest {

    private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

    private static ClickEvent event() {
        return ClickEvent.builder("page_view")
                .eventId("e")
                .eventTimestamp(java.time.Instant.EPOCH)
                .userId("u-1")
                .userPseudoId("u-1")
                .pageLocation("https://s/p?email=a@b&x=1#top")
                .pageTitle("Title")
                .property("client_ip", "192.0.2.77")
                .property("consent", "yes")
                .build();
    }

    private static ClickEvent kept(Privacy privacy) {
        return privacy.apply(event()).orElseThrow();
    }

    @Test
    void hash_isKeyedAndKeepsEqualIdsEqual() {
        ClickEvent hashed = kept(Privacy.builder()
                .hash(KEY, "user_id", "user_pseudo_id", "session_id")
                .build());
        assertThat(hashed.userId()).isEqualTo(hashed.userPseudoId());
        assertThat(hashed.userId()).matches("[0-9a-f]{32}");
        assertThat(hashed.sessionId()).isNull();
        assertThat(hashed.eventId()).isEqualTo("e");

        byte[] other = KEY.clone();
        other[0]++;
        assertThat(kept(Privacy.builder().hash(other, "user_id").build()).userId())
                .isNotEqualTo(hashed.userId());
        assertThatThrownBy(() -> Privacy.builder().hash(new byte[15], "user_id"))
                .hasMessage("a key has at least 16 bytes, this one 15");
    }

    @Test
    void dropAndMask_leaveWhatAnEventNeeds() {
        ClickEvent event = kept(Privacy.builder()
                .drop("page_title", "consent")
                .mask("page_location", "missing")
                .build());
        assertThat(event.pageTitle()).isNull();
        assertThat(event.pageLocation()).isEqualTo("***");
        assertThat(event.properties()).containsOnlyKeys("client_ip");
        for (String name : List.of("event_id", "event_name", "user_id", "user_pseudo_id")) {
            assertThatThrownBy(() -> Privacy.builder().drop(name))
                    .hasMessage(name + " can be hashed, but not taken away");
            assertThatThrownBy(() -> Privacy.builder().mask(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void consent_isHonouredInTheOrderOfTheSteps() {
        assertThat(Privacy.builder()
                        .requireConsent("consent", "1", "yes")
                        .build()
                        .apply(event()))
                .contains(event());
        assertThat(Privacy.builder().requireConsent("consent", "true").build().apply(event()))
                .isEmpty();
        assertThat(Privacy.builder().requireConsent("ad_consent", "yes").build().apply(event()))
                .isEmpty();
        Privacy late = Privacy.builder()
                .drop("consent")
                .requireConsent("consent", "yes")
                .build();
        assertThat(late.apply(event())).isEmpty();
        assertThatThrownBy(() -> Privacy.builder().requireConsent("consent"))
                .hasMessage("at least one value must mean consent");
    }

    @Test
    void queryParameters_areDroppedByName() {
        Privacy privacy =
                Privacy.builder().dropQueryParameters("email", "token").build();
        assertThat(kept(privacy).pageLocation()).isEqualTo("https://s/p?x=1#top");
        ClickEvent only =
                event().toBuilder().pageLocation("https://s/p?token=1&email").build();
        assertThat(privacy.apply(only).orElseThrow().pageLocation()).isEqualTo("https://s/p");
        ClickEvent none =
                event().toBuilder().pageLocation("https://s/p#?email=1").build();
        assertThat(privacy.apply(none).orElseThrow().pageReferrer()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:0",
        "::ffff:192.0.2.77, 192.0.2.0",
        "localhost,",
        "abc.de,",
        "1:2,"
    })
    void addresses_areCutToTheirNetwork(String address, String network) {
        ClickEvent event = event().toBuilder().property("client_ip", address).build();
        Privacy privacy = Privacy.builder().truncateAddress("client_ip").build();
        assertThat(privacy.apply(event).orElseThrow().properties().get("client_ip"))
                .isEqualTo(network);
    }
}
