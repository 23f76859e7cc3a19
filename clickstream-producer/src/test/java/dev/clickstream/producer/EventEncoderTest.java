package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.SendFailedException.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private static final ClickEvent EVENT =
            ClickEvent.builder("purchase").userPseudoId("größe").eventId("1").build();

    @Test
    void record_isTheEventWithItsNumbers() {
        EncodedEvent encoded = encoder(e -> "key", 1_000).encode(EVENT);
        Transport.Entry entry = OutgoingRecord.single(new Pending(encoded, 42, 0, new FlushBarriers().enter()))
                .entry();

        assertThat(ClickEvent.fromJson(entry.data()))
                .isEqualTo(EVENT.toBuilder().producer("me", 7L, 42L).build());
        assertThat(entry.partitionKey()).isEqualTo("key");
        assertThat(entry.data().length + 3).isLessThanOrEqualTo(encoded.recordBytes());
    }

    @Test
    void record_ofAnEventWithNumbers_hasItsNewOnesOnly() {
        ClickEvent numbered = EVENT.toBuilder().producer("other", 1L, 2L).build();
        EncodedEvent encoded = encoder(e -> "key", 1_000).encode(numbered);
        Transport.Entry entry = OutgoingRecord.single(
                        new Pending(encoded, Long.MAX_VALUE, 0, new FlushBarriers().enter()))
                .entry();

        assertThat(new String(entry.data(), StandardCharsets.UTF_8))
                .containsOnlyOnce("producer_id")
                .containsOnlyOnce("producer_sequence");
        assertThat(entry.data().length + 3).isEqualTo(encoded.recordBytes());
    }

    @Test
    void event_whenTooLarge_isRefusedWithSizeAndLimit() {
        int size = encoder(e -> "key", 1_000).encode(EVENT).recordBytes();

        assertThat(encoder(e -> "key", size).encode(EVENT).recordBytes()).isEqualTo(size);
        refused(
                encoder(e -> "key", size - 1),
                Reason.TOO_LARGE,
                "an event's record, key included, may have " + (size - 1) + " bytes, was " + size);
    }

    @Test
    void key_whenEmptyOrTooLongOrThrowing_isRefused() {
        refused(encoder(e -> "", 1_000), Reason.INVALID_KEY, "a partition key must have 1 to 256 characters, had 0");
        refused(encoder(e -> null, 1_000), Reason.INVALID_KEY, "a partition key must have 1 to 256 characters, had 0");
        refused(
                encoder(e -> "k".repeat(257), 1_000),
                Reason.INVALID_KEY,
                "a partition key must have 1 to 256 characters, had 257");
        refused(
                encoder(
                        e -> {
                            throw new IllegalStateException("no");
                        },
                        1_000),
                Reason.INVALID_KEY,
                "the partition key's function threw");
    }

    /** A key, and a place of its own among the hash keys. */
    private record Placed(BigInteger explicitHashKey) implements PartitionKey {
        @Override
        public String of(ClickEvent event) {
            return "key";
        }

        @Override
        public BigInteger explicitHashKey(ClickEvent event) {
            return explicitHashKey;
        }
    }

    @Test
    void explicitHashKey_goesBeforeTheKeysOwn() {
        BigInteger last = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
        Pending placed = pending(encoder(new Placed(last), 1_000).encode(EVENT));
        Pending not = pending(encoder(new Placed(null), 1_000).encode(EVENT));

        assertThat(placed.hash()).isEqualTo(new HashKey(-1, -1));
        assertThat(OutgoingRecord.single(placed).entry().explicitHashKey()).isEqualTo(last.toString());
        assertThat(not.hash()).isEqualTo(HashKey.of("key"));
        assertThat(OutgoingRecord.single(not).entry().explicitHashKey()).isNull();
    }

    @Test
    void explicitHashKey_outOfItsRange_isRefused() {
        for (BigInteger bad : List.of(BigInteger.ONE.negate(), BigInteger.ONE.shiftLeft(128))) {
            refused(
                    encoder(new Placed(bad), 1_000),
                    Reason.INVALID_KEY,
                    "the explicit hash key is not 0 to 2^128 - 1, or its function threw");
        }
    }

    private static Pending pending(EncodedEvent encoded) {
        return new Pending(encoded, 1, 0, new FlushBarriers().enter());
    }

    @Test
    void texts_showNothingOfTheEvent() {
        EncodedEvent encoded = encoder(e -> "secret", 1_000).encode(EVENT);

        assertThat(encoded.toString()).isEqualTo("EncodedEvent[" + encoded.recordBytes() + " bytes]");
        assertThat(new Transport.Entry("secret", null, new byte[3])).hasToString("Entry[3 bytes]");
    }

    private static void refused(EventEncoder encoder, Reason reason, String message) {
        assertThatThrownBy(() -> encoder.encode(EVENT))
                .isInstanceOfSatisfying(
                        SendFailedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
    }

    private static EventEncoder encoder(PartitionKey key, int maxRecordBytes) {
        return new EventEncoder(key, maxRecordBytes, "me", 7);
    }
}
