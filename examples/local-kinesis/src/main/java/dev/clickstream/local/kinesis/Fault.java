package dev.clickstream.local.kinesis;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way in which the endpoint misbehaves, and the calls that it meets. Immutable: each narrowing returns a new one.
 *
 * <pre>{@code
 * kinesis.faults(7, Fault.internalFailure().on("PutRecords").share(0.2), Fault.lostAnswer().on("PutRecords").calls(3, 5));
 * }</pre>
 *
 * <p>Without narrowing a fault meets every call. Calls are counted per fault, from 1, when it is set, and only those of
 * its operations, stream and shard. With a probability or share, the seed decides from the numbers of fault, call and
 * entry alone: the same calls meet the same faults in every run.
 *
 * <p>A call names a shard if its request does, by id or by iterator. PutRecords names none, but its entries do: {@link
 * #throttling()} and {@link #internalFailure()} meet those that go to the shard.
 */
public final class Fault {

    enum Kind {
        LATENCY,
        THROTTLING,
        INTERNAL_FAILURE,
        UNAVAILABLE,
        CONNECTION_RESET,
        LOST_ANSWER,
        LATE_REQUEST,
        SPLIT,
        EMPTY_READ,
        SHORT_READ,
        REPEATED_READ;

        /** As the control path spells it. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which calls: an empty set or a null is any. */
    record Target(
            Set<String> operations,
            @Nullable String stream,
            @Nullable String shard,
            long firstCall,
            long lastCall,
            double probability) {

        static final Target ANY = new Target(Set.of(), null, null, 1, Long.MAX_VALUE, 1);
    }

    private final Kind kind;
    private final Duration delay;
    private final int records;
    private final double share;
    private final Target target;

    private Fault(Kind kind, Duration delay, int records, double share, Target target) {
        this.kind = kind;
        this.delay = delay;
        this.records = records;
        this.share = share;
        this.target = target;
    }

    private static Fault of(Kind kind) {
        return new Fault(kind, Duration.ZERO, 0, 1, Target.ANY);
    }

    private static Fault delayed(Kind kind, Duration delay) {
        if (delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException(kind.text() + " wants a delay of more than zero, was " + delay);
        }
        return new Fault(kind, delay, 0, 1, Target.ANY);
    }

    private static Fault counted(Kind kind, int records) {
        if (records < 1) {
            throw new IllegalArgumentException(kind.text() + " wants 1 record or more, was " + records);
        }
        return new Fault(kind, Duration.ZERO, records, 1, Target.ANY);
    }

    /**
     * The request waits before it is carried out.
     *
     * @param delay more than zero, on the system's clock
     * @return for every call, until narrowed
     */
    public static Fault latency(Duration delay) {
        return delayed(Kind.LATENCY, delay);
    }

    /**
     * ProvisionedThroughputExceededException (LimitExceededException from operations that handle no records,
     * ServiceUnavailableException from Firehose): for entries of PutRecords and PutRecordBatch, for the whole call of
     * others. Nothing is written.
     *
     * @return for every call, until narrowed
     */
    public static Fault throttling() {
        return of(Kind.THROTTLING);
    }

    /**
     * InternalFailure: for entries of PutRecords and PutRecordBatch, with status 500 for the whole call of others.
     * Nothing is written.
     *
     * @return for every call, until narrowed
     */
    public static Fault internalFailure() {
        return of(Kind.INTERNAL_FAILURE);
    }

    /**
     * The whole call is answered ServiceUnavailable with status 503, and not carried out.
     *
     * @return for every call, until narrowed
     */
    public static Fault unavailable() {
        return of(Kind.UNAVAILABLE);
    }

    /**
     * The connection is reset before the request is carried out; over HTTP/2 with everything else on it.
     *
     * @return for every call, until narrowed
     */
    public static Fault connectionReset() {
        return of(Kind.CONNECTION_RESET);
    }

    /**
     * The request is carried out, and instead of an answer the connection (over HTTP/2: the request's stream) is closed.
     *
     * @return for every call, until narrowed
     */
    public static Fault lostAnswer() {
        return of(Kind.LOST_ANSWER);
    }

    /**
     * The connection (over HTTP/2: the request's stream) is closed at once, and the request is carried out later: with a
     * client that tries again sooner, after its own retry and what came next.
     *
     * @param delay more than zero, on the system's clock
     * @return for every call, until narrowed
     */
    public static Fault lateRequest(Duration delay) {
        return delayed(Kind.LATE_REQUEST, delay);
    }

    /**
     * Just before the call is carried out a shard of its stream is split in the middle: the one that {@link #shard}
     * names (nothing happens if it is not open), or else the widest of those open. Narrow it to a few {@link #calls}: a stream whose
     * every call splits a shard does not end well.
     *
     * @return for every call, until narrowed
     */
    public static Fault split() {
        return of(Kind.SPLIT);
    }

    /**
     * GetRecords finds nothing, says that it is behind, and goes on at the same place.
     *
     * @return for every call of GetRecords, until narrowed
     */
    public static Fault emptyRead() {
        return of(Kind.EMPTY_READ).on("GetRecords");
    }

    /**
     * GetRecords returns fewer records than there are.
     *
     * @param records at most so many; 1 or more
     * @return for every call of GetRecords, until narrowed
     */
    public static Fault shortRead(int records) {
        return counted(Kind.SHORT_READ, records).on("GetRecords");
    }

    /**
     * An iterator by sequence number begins earlier than it was asked to, so that records come again.
     *
     * @param records so many earlier, or as many as there are; 1 or more
     * @return for every call of GetShardIterator, until narrowed
     */
    public static Fault repeatedRead(int records) {
        return counted(Kind.REPEATED_READ, records).on("GetShardIterator");
    }

    /**
     * Only calls of these operations.
     *
     * @param operations such as {@code PutRecords}, as the API spells them
     * @return this fault, narrowed
     */
    public Fault on(String... operations) {
        return with(new Target(
                Set.of(operations),
                target.stream,
                target.shard,
                target.firstCall,
                target.lastCall,
                target.probability));
    }

    /**
     * Only calls that name this stream or delivery stream.
     *
     * @param name the stream's name
     * @return this fault, narrowed
     */
    public Fault stream(String name) {
        Objects.requireNonNull(name, "name");
        return with(new Target(
                target.operations, name, target.shard, target.firstCall, target.lastCall, target.probability));
    }

    /**
     * Only calls that name this shard, and entries that go to it.
     *
     * @param shardId such as {@code shardId-000000000003}
     * @return this fault, narrowed
     */
    public Fault shard(String shardId) {
        Objects.requireNonNull(shardId, "shardId");
        return with(new Target(
                target.operations, target.stream, shardId, target.firstCall, target.lastCall, target.probability));
    }

    /**
     * Only these of the calls that it would meet, by their number.
     *
     * @param first 1 or more
     * @param last {@code first} or more
     * @return this fault, narrowed
     */
    public Fault calls(long first, long last) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "calls are counted from 1, the last not before the first; was " + first + " to " + last);
        }
        return with(new Target(target.operations, target.stream, target.shard, first, last, target.probability));
    }

    /**
     * Only so many of the calls, chosen by the seed. Default 1: all.
     *
     * @param probability 0 to 1
     * @return this fault, narrowed
     */
    public Fault probability(double probability) {
        requireShare("probability", probability);
        return with(new Target(
                target.operations, target.stream, target.shard, target.firstCall, target.lastCall, probability));
    }

    /**
     * Only so many of the entries of a call that it meets, chosen by the seed. Default 1: all. Without meaning for calls
     * that have no entries.
     *
     * @param share 0 to 1
     * @return this fault, narrowed
     */
    public Fault share(double share) {
        requireShare("share", share);
        return new Fault(kind, delay, records, share, target);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be 0 to 1, was " + value);
        }
    }

    private Fault with(Target narrowed) {
        return new Fault(kind, delay, records, share, narrowed);
    }

    Kind kind() {
        return kind;
    }

    Duration delay() {
        return delay;
    }

    int records() {
        return records;
    }

    double share() {
        return share;
    }

    Target target() {
        return target;
    }

    @Override
    public String toString() {
        return "Fault[" + kind.text() + (delay.isZero() ? "" : " " + delay) + (records == 0 ? "" : " " + records)
                + (share == 1 ? "" : " share " + share) + " on " + target + "]";
    }
}
