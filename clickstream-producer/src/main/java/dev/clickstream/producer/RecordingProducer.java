package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.SendFailedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A producer for tests of code that sends: keeps what it was given, in memory and in order, and needs no stream.
 * Thread-safe. Futures are complete when {@link #send} returns.
 *
 * <p>It refuses what a real one would: events that are too large for a record of 1 MiB, and keys that are none. {@link
 * #failNext} lets it fail otherwise.
 */
public final class RecordingProducer implements ClickstreamProducer {

    private static final String SHARD = "shardId-000000000000";

    private final EventEncoder encoder;
    private final Object lock = new Object();
    private final List<ClickEvent> events = new ArrayList<>();
    private @Nullable Reason failure;
    private int failuresLeft;
    private long delivered;
    private long failed;
    private long inDoubt;
    private long abandoned;
    private long refused;
    private boolean closed;

    /** With the default partition key, {@link PartitionKeys#BY_VISITOR}. */
    public RecordingProducer() {
        this(PartitionKeys.BY_VISITOR);
    }

    /**
     * With the partition key of the producer that it stands for.
     *
     * @param partitionKey checked for each event
     */
    public RecordingProducer(PartitionKey partitionKey) {
        this.encoder = new EventEncoder(
                Objects.requireNonNull(partitionKey, "partitionKey"),
                KinesisTransport.MAX_RECORD_BYTES,
                "recording",
                0);
    }

    /**
     * What was delivered: given to {@link #send}, and neither refused nor failed.
     *
     * @return a copy, in the order of sending
     */
    public List<ClickEvent> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    /** Forgets what was delivered, so that a test can look at what comes next; the report goes on. */
    public void clear() {
        synchronized (lock) {
            events.clear();
        }
    }

    /**
     * Ends the next events in this way instead of delivering them.
     *
     * @param reason as the futures' {@link SendFailedException} has it
     * @param count how many events; 0 or more
     */
    public void failNext(Reason reason, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, was " + count);
        }
        synchronized (lock) {
            failure = Objects.requireNonNull(reason, "reason");
            failuresLeft = count;
        }
    }

    @Override
    public CompletableFuture<Receipt> send(ClickEvent event) {
        Objects.requireNonNull(event, "event");
        try {
            encoder.encode(event);
            return CompletableFuture.completedFuture(keep(event));
        } catch (SendFailedException e) {
            synchronized (lock) {
                count(e.reason());
            }
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Empty if {@link #failNext} has asked for {@link Reason#BUFFER_FULL} or {@link Reason#DROPPED}. */
    @Override
    public Optional<CompletableFuture<Receipt>> trySend(ClickEvent event) {
        Objects.requireNonNull(event, "event");
        synchronized (lock) {
            boolean full = failure == Reason.BUFFER_FULL || failure == Reason.DROPPED;
            if (full && failuresLeft > 0 && !closed && isSendable(event)) {
                failuresLeft--;
                return Optional.empty();
            }
        }
        return Optional.of(send(event));
    }

    private boolean isSendable(ClickEvent event) {
        try {
            encoder.encode(event);
            return true;
        } catch (SendFailedException e) {
            return false;
        }
    }

    /** Nothing ever waits, and no time of a last success is kept. */
    @Override
    public ProducerHealth health() {
        synchronized (lock) {
            return new ProducerHealth(!closed, null, Duration.ZERO, 0);
        }
    }

    private Receipt keep(ClickEvent event) {
        synchronized (lock) {
            if (closed) {
                throw new SendFailedException(Reason.CLOSED, "the producer is closed");
            }
            if (failure != null && failuresLeft > 0) {
                failuresLeft--;
                throw new SendFailedException(failure, "a test asked for it");
            }
            events.add(event);
            delivered++;
            return new Receipt(SHARD, Long.toString(delivered));
        }
    }

    private void count(Reason reason) {
        switch (reason) {
            case IN_DOUBT -> inDoubt++;
            case ABANDONED -> abandoned++;
            case TIMEOUT, REJECTED, BEHIND_IN_DOUBT -> failed++;
            default -> refused++;
        }
    }

    @Override
    public DeliveryReport flush() {
        synchronized (lock) {
            return new DeliveryReport(delivered, failed, inDoubt, abandoned, refused);
        }
    }

    @Override
    public DeliveryReport close(Duration timeout) {
        close();
        return flush();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
    }
}
