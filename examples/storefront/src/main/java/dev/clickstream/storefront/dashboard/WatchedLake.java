package dev.clickstream.storefront.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lake for many who look at once: it is read when somebody asks, at most twice a second, and less often when reading
 * takes long, so that it never takes more than a sixth of the time. Thread-safe; one reads, the others wait for it.
 */
final class WatchedLake implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PAUSE_PER_READING = 5;

    private final Lake lake;
    private final LakeReader reader;
    private final Supplier<Map<String, Long>> sent;
    private final InstantSource clock;

    private @Nullable Look last;
    private Instant nextLook = Instant.MIN;

    private WatchedLake(Lake lake, Supplier<Map<String, Long>> sent, InstantSource clock) {
        this.lake = lake;
        this.reader = new LakeReader(lake.sql());
        this.sent = sent;
        this.clock = clock;
    }

    /**
     * What was seen.
     *
     * @param at the time of the numbers, whole seconds of whose minute they hold
     */
    record Look(LakeNumbers numbers, CountCheck check, Instant at) {}

    /**
     * Opens a bucket's folder.
     *
     * @param sent what its events are checked against, asked after each reading
     */
    static WatchedLake open(Path bucket, Supplier<Map<String, Long>> sent, InstantSource clock)
            throws SQLException, IOException {
        return new WatchedLake(Lake.open(bucket), sent, clock);
    }

    /** The last look, or a new one if it is time. */
    synchronized Look look() throws SQLException, IOException {
        Instant now = clock.instant();
        Look known = last;
        if (known != null && now.isBefore(nextLook)) {
            return known;
        }
        Look look = look(known, now);
        last = look;
        Instant done = clock.instant();
        Duration pause = Duration.between(now, done).multipliedBy(PAUSE_PER_READING);
        nextLook = done.plus(pause.compareTo(PAUSE) > 0 ? pause : PAUSE);
        return look;
    }

    private Look look(@Nullable Look known, Instant now) throws SQLException, IOException {
        boolean isNew = lake.load();
        // The charts move on with the clock, also when nothing came.
        LakeNumbers numbers =
                known == null || isNew || minute(now) != minute(known.at()) ? reader.read(now) : known.numbers();
        // Asked after the lake was read: else what arrived in between were more than was sent.
        return new Look(numbers, CountCheck.of(sent.get(), numbers), now);
    }

    private static long minute(Instant time) {
        return time.toEpochMilli() / Duration.ofMinutes(1).toMillis();
    }

    @Override
    public synchronized void close() throws SQLException {
        lake.close();
    }
}
