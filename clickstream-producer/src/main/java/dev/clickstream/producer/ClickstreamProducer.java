package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Sends click events to a Kinesis data stream, in batches, in the order of {@link #send} for each partition key; or to
 * Firehose, in no order.
 *
 * <p>Thread-safe; one per stream and process is enough. It owns two daemon threads, named after it, and no client.
 *
 * <p>Events of a shard share records in the format of the Kinesis Producer Library, and per shard at most one record is
 * on its way ({@link Builder#aggregation} tells of the other way). What fails is sent again with backoff and jitter until
 * {@code deliveryTimeout}, and holds up nothing but its own shard. When shards are split or merged, what a reader would
 * throw away is found and sent again. Every event ends:
 * delivered, refused, failed, abandoned or in doubt, as {@link SendFailedException.Reason} says. If an answer is lost
 * the same bytes are sent again, so that a record can be in the stream twice; each carries {@code producer_id}, {@code
 * producer_epoch} and {@code producer_sequence}, by which a reader tells late copies.
 *
 * <p>The client's own retries are switched off for these requests, however it was built, and its timeout of a call is
 * {@code requestTimeout}. It should have no {@code apiCallAttemptTimeout} below that, let so many requests run at the
 * same time as {@code maxRequestsInFlight} and one more, and have nothing in it that sends requests again by itself.
 */
public interface ClickstreamProducer extends AutoCloseable {

    /**
     * A builder for a producer to this stream.
     *
     * @param client used but never closed; any region, credentials, endpoint and HTTP client
     * @param streamName the stream's name
     * @return a new builder
     */
    static Builder builder(KinesisAsyncClient client, String streamName) {
        Objects.requireNonNull(client, "client");
        return new Builder(streamName, timeout -> new KinesisTransport(client, streamName, timeout));
    }

    /**
     * A builder for a producer to this Firehose stream: events go as JSON lines, many in a record, which Firehose bills
     * in steps of 5 KB. They are delivered in no order, and the partition key is of no use. Give {@link
     * Builder#aggregation} false for one event per record.
     *
     * @param client used but never closed; any region, credentials, endpoint and HTTP client
     * @param streamName the Firehose stream's name
     * @return a new builder
     */
    static Builder builder(FirehoseAsyncClient client, String streamName) {
        Objects.requireNonNull(client, "client");
        return new Builder(streamName, timeout -> new FirehoseTransport(client, streamName, timeout));
    }

    /**
     * Takes an event over: validates and encodes it and puts it into the queue, on the caller's thread.
     *
     * <p>Blocks only if the buffer is full and {@link Overflow#BLOCK} was chosen. The future completes on a thread of
     * the producer's, after its memory was given back, at the latest after {@code deliveryTimeout} and {@code
     * requestTimeout}; work that takes long belongs elsewhere, as it would hold up the other futures. Cancelling it has
     * no effect on the event.
     *
     * @param event its producer's numbers, if it has any, are replaced
     * @return where it was written, or exceptionally a {@link SendFailedException}
     */
    CompletableFuture<Receipt> send(ClickEvent event);

    /**
     * As {@link #send}, but never waits for room in the buffer, whatever {@code onBufferFull} says: for callers that
     * have something better to do with the event then. Being turned away is not counted as a refusal.
     *
     * @param event its producer's numbers, if it has any, are replaced
     * @return empty if there is no room now and the event was not taken; else as from {@link #send}
     */
    Optional<CompletableFuture<Receipt>> trySend(ClickEvent event);

    /**
     * How it is: cheap enough for a health check that is asked often. Connects to nothing.
     *
     * @return at most a second old
     */
    ProducerHealth health();

    /**
     * Sends what is queued without lingering, and waits until everything accepted before this call has ended, well or
     * badly, and its future is complete.
     *
     * @return how events have ended so far; look here whether all were delivered
     * @throws InterruptedException if interrupted; sending goes on
     * @throws IllegalStateException on a thread that completes a producer's futures, which would wait for itself
     */
    DeliveryReport flush() throws InterruptedException;

    /**
     * Refuses new events, sends what is there, and when the time is over ends what is left: as in doubt if it may have
     * been written, as abandoned if not. Again is harmless and gives the same report. Returns little later than the
     * timeout; if interrupted, at once, with the interrupt flag set. On a thread that completes futures it does not
     * wait for them.
     *
     * @param timeout zero or more
     * @return how all events have ended
     */
    DeliveryReport close(Duration timeout);

    /** As {@link #close(Duration)} with {@code closeTimeout}. */
    @Override
    void close();

    /** Makes producers. Not thread-safe. Every setter checks its range at once; relations are checked when building. */
    final class Builder {

        private static final Duration LONGEST = Duration.ofDays(1);

        private final String streamName;
        private final Function<Duration, Transport> transport;
        private PartitionKey partitionKey = PartitionKeys.BY_VISITOR;
        private String producerId = UUID.randomUUID().toString();
        private Duration linger = Duration.ofMillis(100);
        private int maxBatchRecords = 500;
        private int maxBatchBytes = 1 << 20;
        private int maxRequestsInFlight = 8;
        private long bufferMaxBytes = 64L << 20;
        private Overflow onBufferFull = Overflow.BLOCK;
        private Duration maxBlock = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(10);
        private Duration deliveryTimeout = Duration.ofMinutes(2);
        private Duration closeTimeout = Duration.ofSeconds(30);
        private boolean aggregation = true;
        private Order order = Order.BY_KEY;
        private int shardBytesPerSecond = 1 << 20;
        private @Nullable MeterRegistry meterRegistry;

        private Builder(String streamName, Function<Duration, Transport> transport) {
            this.transport = transport;
            this.streamName = Objects.requireNonNull(streamName, "streamName");
            if (!streamName.matches("[a-zA-Z0-9_.-]{1,128}")) {
                throw new IllegalArgumentException("streamName must be 1 to 128 of letters, digits, _ . -");
            }
        }

        /**
         * What stays in order. Default: {@link PartitionKeys#BY_VISITOR}.
         *
         * @param value a ready-made of {@link PartitionKeys} or a function
         * @return this
         */
        public Builder partitionKey(PartitionKey value) {
            this.partitionKey = Objects.requireNonNull(value, "partitionKey");
            return this;
        }

        /**
         * Whether many events share a record, in the format of the Kinesis Producer Library. KCL and Firehose take it
         * apart; Lambda's event source does not, and then this must be off. Default: on.
         *
         * <p>On: one record per shard is on its way, with as many events as there are, so that order costs no
         * throughput. The producer lists the stream's shards and needs the permission {@code kinesis:ListShards}.
         *
         * <p>Off: one event per record, and one record per key on its way, so that a key moves one event per round trip
         * (at 20 ms, 50 a second), and a shard takes 1,000 events a second. Where order does not matter, {@link
         * Order#UNORDERED} lifts the first of these limits.
         *
         * @param value true for on
         * @return this
         */
        public Builder aggregation(boolean value) {
            this.aggregation = value;
            return this;
        }

        /**
         * Whether events of a key keep their order, which only without {@link #aggregation} costs something. Default:
         * {@link Order#BY_KEY}.
         *
         * @param value the order
         * @return this
         */
        public Builder order(Order value) {
            this.order = Objects.requireNonNull(value, "order");
            return this;
        }

        /**
         * How much a shard is written to per second at most, in bytes; and of records, 1,000 for each MiB. When it
         * throttles, because others write to it too, this producer goes slower by half, and then faster step by step.
         * Without {@link #aggregation} there is only the backoff of each key. Default: 1 MiB, what a shard takes.
         *
         * @param value 1 or more
         * @return this
         */
        public Builder shardBytesPerSecond(int value) {
            this.shardBytesPerSecond = atLeastOne("shardBytesPerSecond", value);
            return this;
        }

        /**
         * The {@code producer_id} of all events. Must be unique among producers that run at the same time; the epoch,
         * the time at which the producer was built, tells its lives apart. Default: random.
         *
         * @param value 1 to 64 of letters, digits, {@code _ . -}
         * @return this
         */
        public Builder producerId(String value) {
            if (!value.matches("[a-zA-Z0-9_.-]{1,64}")) {
                throw new IllegalArgumentException("producerId must be 1 to 64 of letters, digits, _ . -");
            }
            this.producerId = value;
            return this;
        }

        /**
         * How long an event may wait for others to share its request. Default: 100 ms.
         *
         * @param value zero to a day
         * @return this
         */
        public Builder linger(Duration value) {
            this.linger = between("linger", value, Duration.ZERO);
            return this;
        }

        /**
         * Records in a request at most. Default: 500, the most that Kinesis takes.
         *
         * @param value 1 to 500
         * @return this
         */
        public Builder maxBatchRecords(int value) {
            this.maxBatchRecords = atLeastOne("maxBatchRecords", value);
            return this;
        }

        /**
         * Bytes in a request at most, keys included; a single larger event goes alone. Default: 1 MiB.
         *
         * @param value 1 to 10 MiB, to Firehose 4 MiB
         * @return this
         */
        public Builder maxBatchBytes(int value) {
            this.maxBatchBytes = atLeastOne("maxBatchBytes", value);
            return this;
        }

        /**
         * Requests on their way at the same time at most. Default: 8.
         *
         * @param value 1 or more
         * @return this
         */
        public Builder maxRequestsInFlight(int value) {
            this.maxRequestsInFlight = atLeastOne("maxRequestsInFlight", value);
            return this;
        }

        /**
         * Memory for all events that have not ended, in bytes, with what the SDK takes for requests on their way (three
         * times their size), which is set aside from the start. Default: 64 MiB.
         *
         * @param value bytes; must leave room for at least one event of the largest size
         * @return this
         */
        public Builder bufferMaxBytes(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("bufferMaxBytes must be at least 1, was " + value);
            }
            this.bufferMaxBytes = value;
            return this;
        }

        /**
         * What happens when the buffer is full. Default: {@link Overflow#BLOCK}.
         *
         * @param value the policy
         * @return this
         */
        public Builder onBufferFull(Overflow value) {
            this.onBufferFull = Objects.requireNonNull(value, "onBufferFull");
            return this;
        }

        /**
         * How long {@link Overflow#BLOCK} may hold the caller. Default: 5 s.
         *
         * @param value zero to a day
         * @return this
         */
        public Builder maxBlock(Duration value) {
            this.maxBlock = between("maxBlock", value, Duration.ZERO);
            return this;
        }

        /**
         * How long to wait for an answer before it counts as lost. Default: 10 s.
         *
         * @param value 1 ms to a day
         * @return this
         */
        public Builder requestTimeout(Duration value) {
            this.requestTimeout = between("requestTimeout", value, Duration.ofMillis(1));
            return this;
        }

        /**
         * How long an event is tried, counted from {@code send}; a request on its way is waited for. Default: 2 min.
         *
         * @param value 1 ms to a day, and at least {@code linger} and {@code requestTimeout} together
         * @return this
         */
        public Builder deliveryTimeout(Duration value) {
            this.deliveryTimeout = between("deliveryTimeout", value, Duration.ofMillis(1));
            return this;
        }

        /**
         * How long {@link ClickstreamProducer#close()} may take. Default: 30 s.
         *
         * @param value zero to a day
         * @return this
         */
        public Builder closeTimeout(Duration value) {
            this.closeTimeout = between("closeTimeout", value, Duration.ZERO);
            return this;
        }

        /**
         * Where to measure; meters are named {@code clickstream.producer.*}. Default: nowhere.
         *
         * @param value the registry
         * @return this
         */
        public Builder meterRegistry(MeterRegistry value) {
            this.meterRegistry = Objects.requireNonNull(value, "meterRegistry");
            return this;
        }

        /**
         * Makes a producer and starts its threads. Does not connect.
         *
         * @return a producer, to be closed by the caller
         * @throws IllegalArgumentException if settings contradict each other; the message states them
         */
        public ClickstreamProducer build() {
            ProducerSettings settings = settings();
            return BatchingProducer.start(
                    transport.apply(requestTimeout), settings, partitionKey, producerId, streamName, meterRegistry);
        }

        ProducerSettings settings() {
            return new ProducerSettings(
                    linger,
                    maxBatchRecords,
                    maxBatchBytes,
                    maxRequestsInFlight,
                    bufferMaxBytes,
                    onBufferFull,
                    maxBlock,
                    requestTimeout,
                    deliveryTimeout,
                    closeTimeout,
                    aggregation,
                    order,
                    shardBytesPerSecond);
        }

        private static Duration between(String name, Duration value, Duration least) {
            if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(name + " must be " + least + " to " + LONGEST + ", was " + value);
            }
            return value;
        }

        private static int atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, was " + value);
            }
            return value;
        }
    }
}
