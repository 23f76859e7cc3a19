package dev.clickstream.event;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;

/** Ids that sort by time. */
final class EventIds {

    /** Seeded per thread from the system's entropy: cloned processes that start at once must not draw alike. */
    private static final ThreadLocal<SplittableRandom> RANDOM =
            ThreadLocal.withInitial(() -> new SplittableRandom(new SecureRandom().nextLong()));

    private EventIds() {}

    /** A UUID of version 7, as RFC 9562 lays it out: 48 bits of milliseconds, then random bits. */
    static String uuidV7(long epochMillis) {
        SplittableRandom random = RANDOM.get();
        long high = (epochMillis << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
