package dev.clickstream.producer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the send thread leaves for a health check to read. Written by the send thread only, read by all. */
final class Vitals {

    /** Looking through all lanes costs too much to do it each time. */
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    /** The lanes as they were seen last; without a waiting event its time means nothing. */
    private record Look(boolean waiting, long oldestAcceptedAt, int closedLanes) {

        static final Look NOTHING = new Look(false, 0, 0);
    }

    private volatile Look look = Look.NOTHING;
    private long looksAt;

    /** Looks at the lanes if it is time to, or if there is nothing to see. */
    void look(Lanes lanes, long now) {
        if (lanes.isEmpty()) {
            look = Look.NOTHING;
            looksAt = now;
        } else if (!look.waiting() || looksAt - now <= 0) {
            long oldest = now;
            for (Lane lane : lanes.all()) {
                long acceptedAt = lane.oldest().acceptedAt();
                oldest = acceptedAt - oldest < 0 ? acceptedAt : oldest;
            }
            look = new Look(true, oldest, lanes.closed());
            looksAt = now + LOOK_EVERY;
        }
    }

    /** Nanoseconds until {@link #look} should be called again, or at most the given number. */
    long untilLook(long now, long most) {
        return look.waiting() ? Math.min(most, looksAt - now) : most;
    }

    /** Together with what the send thread has not even taken in. */
    ProducerHealth read(boolean accepting, @Nullable Instant lastSuccess, long queuedFor, long now) {
        Look seen = look;
        long waited = Math.max(queuedFor, seen.waiting() ? now - seen.oldestAcceptedAt() : 0);
        return new ProducerHealth(accepting, lastSuccess, Duration.ofNanos(Math.max(0, waited)), seen.closedLanes());
    }
}
