package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One SubscribeToShard: what it has to say next. It is the answer of the call, written as events over time by whoever
 * holds the connection. One thread asks; {@link #end} may come from any.
 */
final class Subscription implements Answer, Consumers.Subscriber {

    /** Kinesis API reference, SubscribeToShard: "push records for up to 5 minutes". */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** Well below what a client takes in one event, and what is pushed in half a second. */
    private static final long MAX_EVENT_BYTES = 1_048_576;

    private static final int MAX_EVENT_RECORDS = 10_000;

    private final Shard shard;
    private final KinesisClock clock;
    private final long beganNanos;
    private final Runnable wake = this::wake;
    private long position;
    private boolean atShardEnd;
    private volatile @Nullable ApiException end;
    private volatile @Nullable Runnable listener;

    Subscription(Shard shard, long position, KinesisClock clock) {
        this.shard = shard;
        this.position = position;
        this.clock = clock;
        this.beganNanos = clock.elapsedNanos();
    }

    /** From now on it is told when there may be more; at once if it is already. */
    void listen(Runnable told) {
        listener = told;
        shard.addListener(wake);
        told.run();
    }

    private void wake() {
        Runnable told = listener;
        if (told != null) {
            told.run();
        }
    }

    /** The connection is gone, or all has been said. */
    void stop() {
        shard.removeListener(wake);
        listener = null;
    }

    @Override
    public void end(ApiException reason) {
        end = reason;
        wake();
    }

    /** Null unless it was ended. */
    @Nullable
    ApiException ended() {
        return end;
    }

    /** Whether its time is over or the shard's end was told. */
    boolean isOver() {
        return atShardEnd || age().compareTo(LONGEST) >= 0;
    }

    @Override
    public Duration age() {
        return Duration.ofNanos(clock.elapsedNanos() - beganNanos);
    }

    /** The next records or the shard's end; null if the reader has seen all that there is. */
    @Nullable
    Event next() {
        Shard.Read read = shard.read(position, MAX_EVENT_RECORDS, MAX_EVENT_BYTES);
        if (read.run().count() == 0 && !read.atShardEnd()) {
            return null;
        }
        return event(read);
    }

    /** What is sent while no record comes. */
    Event heartbeat() {
        return event(shard.read(position, 0, 0));
    }

    private Event event(Shard.Read read) {
        position = Math.max(position, read.run().to());
        atShardEnd = read.atShardEnd();
        return new Event(shard, read, Math.min(position, SequenceNumbers.END) - 1);
    }

    /** A SubscribeToShardEvent; the last position is the one before the next record. */
    record Event(Shard shard, Shard.Read read, long lastPosition) implements Answer {

        @Override
        public void writeTo(AnswerWriter out) throws IOException {
            RecordShapes.write(out, shard, read.run());
            if (read.atShardEnd()) {
                RecordShapes.writeChildren(out, read);
            } else {
                out.field("ContinuationSequenceNumber", shard.sequenceNumbers().at(Math.max(0, lastPosition)));
            }
            out.field("MillisBehindLatest", read.millisBehindLatest());
        }

        @Override
        public int sizeHint() {
            return RecordShapes.sizeHint(read.run());
        }

        long bytes() {
            return read.run().sizeBytes();
        }
    }

    /** The first event of every stream of events. */
    @Override
    public void writeTo(AnswerWriter out) {}
}
