package dev.clickstream.event;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by time. */
final class EventIds {

    private EventIds() {}

    /** A UUID of version 7, as RFC 9562 lays it out: 48 bits of milliseconds, then random bits. */
    static String uuidV7(long epochMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (epochMillis << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
