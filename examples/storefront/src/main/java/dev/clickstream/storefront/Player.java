package dev.clickstream.storefront;

import dev.clickstream.local.kinesis.KinesisClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Plays log records into a stream, at a pace, with the endpoint's clock following the records' timestamps. One thread
 * plays; its counts may be read from any.
 *
 * <p>One put is under way at a time. Its records are of one hour and of less than {@link #TICK} real time, and it is
 * repeated until the stream has taken all of them, before the clock goes on: so a record arrives in the hour of its own
 * timestamp, exactly.
 */
final class Player {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final int MAX_RECORDS = 500;
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final KinesisAsyncClient kinesis;
    private final String streamName;
    private final @Nullable KinesisClock clock;
    private final double speed;
    private final Random random;
    private final Map<String, Instant> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong records = new AtomicLong();
    private volatile @Nullable Instant position;
    private @Nullable Instant realStart;
    private @Nullable Instant playedStart;

    /**
     * A player.
     *
     * @param clock set to the records' timestamps; null leaves the endpoint's as it is
     * @param speed how much of the records' time passes in a unit of real time
     * @param seed of the partition keys
     */
    Player(KinesisAsyncClient kinesis, String streamName, @Nullable KinesisClock clock, double speed, long seed) {
        this.kinesis = kinesis;
        this.streamName = streamName;
        this.clock = clock;
        this.speed = speed;
        this.random = new Random(seed);
    }

    /** Plays all lines; returns when the stream has taken the last. Stops early if the thread is interrupted. */
    void play(Iterator<LogLine> lines) {
        LogLine first = lines.hasNext() ? lines.next() : null;
        while (first != null && !Thread.currentThread().isInterrupted()) {
            List<LogLine> group = new ArrayList<>(List.of(first));
            int bytes = first.bytes().length;
            LogLine next = lines.hasNext() ? lines.next() : null;
            while (next != null
                    && group.size() < MAX_RECORDS
                    && together(first, next)
                    && bytes + next.bytes().length <= MAX_BYTES) {
                bytes += next.bytes().length;
                group.add(next);
                next = lines.hasNext() ? lines.next() : null;
            }
            put(group, first.time());
            first = next;
        }
    }

    private boolean together(LogLine first, LogLine next) {
        Instant a = first.time();
        Instant b = next.time();
        if (a == null || b == null) {
            return b == null;
        }
        boolean sameHour = a.truncatedTo(ChronoUnit.HOURS).equals(b.truncatedTo(ChronoUnit.HOURS));
        return sameHour && !b.isBefore(a) && Duration.between(a, b).toMillis() <= TICK.toMillis() * speed;
    }

    private void put(List<LogLine> group, @Nullable Instant time) {
        if (time != null) {
            awaitTurn(time);
            if (clock != null) {
                clock.set(time);
            }
            position = time;
        }
        List<LogLine> rest = group;
        Instant begin = WallClock.now();
        for (int attempt = 0; !rest.isEmpty(); attempt++) {
            if (WallClock.since(begin).compareTo(GIVE_UP) > 0) {
                throw new IllegalStateException(rest.size() + " records were not taken within " + GIVE_UP);
            }
            if (attempt > 0) {
                WallClock.pause(Duration.ofMillis(Math.min(500, 25L << Math.min(attempt, 5))));
            }
            rest = putOnce(rest);
        }
    }

    /** What the stream did not take. */
    private List<LogLine> putOnce(List<LogLine> lines) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>(lines.size());
        for (LogLine line : lines) {
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey(Long.toHexString(random.nextLong()))
                    .data(SdkBytes.fromByteArrayUnsafe(line.bytes()))
                    .build());
        }
        PutRecordsResponse response;
        try {
            response = kinesis.putRecords(put -> put.streamName(streamName).records(entries))
                    .join();
        } catch (CompletionException e) {
            // Whether it was written is unknown, or it surely was not: a copy too many is better than none.
            return lines;
        }
        Instant now = WallClock.now();
        List<LogLine> refused = new ArrayList<>();
        long taken = 0;
        for (int i = 0; i < lines.size(); i++) {
            PutRecordsResultEntry result = response.records().get(i);
            if (result.errorCode() != null) {
                refused.add(lines.get(i));
            } else {
                taken++;
                String id = lines.get(i).requestId();
                if (id != null) {
                    acknowledged.put(id, now);
                }
            }
        }
        records.addAndGet(taken);
        return refused;
    }

    private void awaitTurn(Instant time) {
        if (realStart == null || playedStart == null) {
            realStart = WallClock.now();
            playedStart = time;
            return;
        }
        double ahead = Duration.between(playedStart, time).toMillis() / speed;
        Duration wait = Duration.ofMillis((long) ahead).minus(WallClock.since(realStart));
        while (!wait.isNegative() && !wait.isZero() && !Thread.currentThread().isInterrupted()) {
            WallClock.pause(wait);
            wait = Duration.ofMillis((long) ahead).minus(WallClock.since(realStart));
        }
    }

    /** How many records the stream has taken. */
    long records() {
        return records.get();
    }

    /** The records' time that has been reached, or null before the first. */
    @Nullable
    Instant position() {
        return position;
    }

    /** When the stream took each request; grows while this plays. */
    Map<String, Instant> acknowledged() {
        return acknowledged;
    }
}
