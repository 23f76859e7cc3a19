package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The partition keys that most sites need. An identity that is longer than a key may be stands there as a hash. */
public enum PartitionKeys implements PartitionKey {

    /** The default: {@code user_pseudo_id}, which does not change when a visitor logs in, or else {@code user_id}. */
    BY_VISITOR {
        @Override
        public String of(ClickEvent event) {
            return visitor(event);
        }
    },

    /** {@code session_id}, or for an event without one as {@link #BY_VISITOR}. */
    BY_SESSION {
        @Override
        public String of(ClickEvent event) {
            return usable(event.sessionId()) ? fitting(event.sessionId()) : visitor(event);
        }
    },

    /** A random key for each event: evenly over all shards, in no order. */
    SPREAD {
        @Override
        public String of(ClickEvent event) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        }
    };

    /** Kinesis API reference, PutRecordsRequestEntry: Unicode characters. */
    static final int MAX_CHARACTERS = 256;

    private static String visitor(ClickEvent event) {
        String pseudoId = event.userPseudoId();
        return fitting(usable(pseudoId) ? pseudoId : Objects.requireNonNull(event.userId(), "user_id"));
    }

    private static boolean usable(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static String fitting(@Nullable String identity) {
        String key = Objects.requireNonNull(identity);
        return key.codePointCount(0, key.length()) <= MAX_CHARACTERS ? key : hash(key);
    }

    private static String hash(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
