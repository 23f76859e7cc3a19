package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** The partition keys that most sites need. An event's identities are never longer than a key may be. */
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
            String session = event.sessionId();
            return session != null && !session.isEmpty() ? session : visitor(event);
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
        return pseudoId != null && !pseudoId.isEmpty() ? pseudoId : Objects.requireNonNull(event.userId(), "user_id");
    }
}
