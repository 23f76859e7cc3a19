package dev.clickstream.producer;

import dev.clickstream.producer.Transport.Failure;
import dev.clickstream.producer.Transport.RequestFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the picture of a stream's shards fresh: at first, from time to time, and soon when an answer has named another
 * shard than expected. Nobody waits for it. Belongs to the send thread.
 */
final class ShardRefresh {

    private static final long EVERY = Duration.ofMinutes(5).toNanos();

    /** Listing is limited per stream, and all its producers see a split at once. */
    private static final long MOST_OFTEN = Duration.ofMillis(250).toNanos();

    private static final long GIVE_UP_AFTER = Duration.ofSeconds(30).toNanos();

    /** What came of asking: a map, or why there is none. */
    record News(@Nullable ShardMap map, Failure failure, String code) {}

    private final ShardSource source;
    private final Backoff backoff;
    private final Runnable wake;
    private @Nullable CompletableFuture<List<Shard>> asking;
    private long askedAt;
    private long asksAt;
    private int failures;
    private boolean evidence;

    ShardRefresh(ShardSource source, Backoff backoff, long now, Runnable wake) {
        this.source = source;
        this.backoff = backoff;
        this.wake = wake;
        this.asksAt = now;
        this.askedAt = now - MOST_OFTEN;
    }

    /** An answer does not agree with the picture. */
    void evidence(long now) {
        evidence = true;
        if (asking == null) {
            long soon = now + Math.max(0, MOST_OFTEN - (now - askedAt));
            asksAt = soon - asksAt < 0 ? soon : asksAt;
        }
    }

    /** What has come in, if something has; and asks if it is time. */
    @Nullable
    News poll(long now) {
        if (asking != null && (asking.isDone() || now - askedAt >= GIVE_UP_AFTER)) {
            News news = news(asking);
            asking.cancel(true);
            asking = null;
            failures = news.map() == null ? failures + 1 : 0;
            long pause = failures > 0 ? MOST_OFTEN + backoff.nanos(failures) : evidence ? MOST_OFTEN : EVERY;
            asksAt = now + pause;
            return news;
        }
        if (asking == null && asksAt - now <= 0) {
            ask(now);
        }
        return null;
    }

    private void ask(long now) {
        askedAt = now;
        evidence = false;
        try {
            asking = source.list();
        } catch (RuntimeException e) {
            asking = CompletableFuture.failedFuture(e);
        }
        var unused = asking.whenComplete((shards, error) -> wake.run());
    }

    private static News news(CompletableFuture<List<Shard>> asked) {
        try {
            List<Shard> shards = asked.getNow(null);
            if (shards == null) {
                return new News(null, Failure.UNKNOWN, "NoAnswer");
            }
            return new News(ShardMap.of(shards), Failure.UNKNOWN, "IncompleteListing");
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            return cause instanceof RequestFailedException failed
                    ? new News(null, failed.failure(), failed.code())
                    : new News(null, Failure.UNKNOWN, cause.getClass().getSimpleName());
        }
    }

    /** Nanoseconds until {@link #poll} has something to do, or at most the given number. */
    long untilPoll(long now, long most) {
        if (asking == null) {
            return Math.min(most, asksAt - now);
        }
        return asking.isDone() ? 0 : Math.min(most, GIVE_UP_AFTER - (now - askedAt));
    }
}
