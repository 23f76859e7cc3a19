package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import org.junit.jupiter.api.Test;

class PartitionKeysTest {

    private static final ClickEvent EVENT = ClickEvent.builder("login")
            .userPseudoId("device")
            .userId("user")
            .sessionId("session")
            .build();

    @Test
    void byVisitor_isTheDeviceAndElseTheUser() {
        assertThat(PartitionKeys.BY_VISITOR.of(EVENT)).isEqualTo("device");
        assertThat(PartitionKeys.BY_VISITOR.of(
                        EVENT.toBuilder().userPseudoId(null).build()))
                .isEqualTo("user");
    }

    @Test
    void bySession_isTheSessionAndElseTheVisitor() {
        assertThat(PartitionKeys.BY_SESSION.of(EVENT)).isEqualTo("session");
        assertThat(PartitionKeys.BY_SESSION.of(EVENT.toBuilder().sessionId(null).build()))
                .isEqualTo("device");
    }

    @Test
    void spread_isAnotherEachTime() {
        String first = PartitionKeys.SPREAD.of(EVENT);
        String second = PartitionKeys.SPREAD.of(EVENT);
        assertThat(first).isNotEqualTo(second).hasSizeBetween(2, 32);
    }

    @Test
    void longestIdentity_isAKey() {
        ClickEvent event = EVENT.toBuilder().userPseudoId("x".repeat(1_000)).build();
        assertThat(PartitionKeys.BY_VISITOR.of(event)).hasSize(PartitionKeys.MAX_CHARACTERS);
    }
}
