package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring, the caller's side, and beginning and end of the send thread. */
final class BatchingProducer implements ClickstreamProducer {

    private static final Logger LOG = LoggerFactory.getLogger(BatchingProducer.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

    /** More would not fit into nanoseconds; events end long before. */
    private static final Duration LONGEST_CLOSE = Duration.ofDays(7);

    /** For ending what is left, after the time of {@code close} is over. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TimeSource time;
    private final ProducerSettings settings;
    private final EventEncoder encoder;
    private final MemoryBudget memory;
    private final ProducerMeters meters;
    private final FlushBarriers barriers;
    private final Intake intake;
    private final Outcomes outcomes;
    private final CompletionThread completions;
    private final SendLoop loop;
    private final Thread sender;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean closing;
    private volatile long closesAt;

    static ClickstreamProducer start(
            Transport transport,
            ProducerSettings settings,
            PartitionKey partitionKey,
            String producerId,
            String name,
            @Nullable MeterRegistry registry) {
        Parts parts = new Parts(
                TimeSource.SYSTEM,
                RandomGenerator.getDefault(),
                transport,
                partitionKey,
                producerId,
                name,
                new ProducerMeters(registry, name));
        return new BatchingProducer(parts, settings).start();
    }

    /** What a producer is put together from; a test gives its own. */
    record Parts(
            TimeSource time,
            RandomGenerator random,
            Transport transport,
            PartitionKey partitionKey,
            String producerId,
            String name,
            ProducerMeters meters) {}

    BatchingProducer(Parts parts, ProducerSettings settings) {
        Transport.Limits limits = parts.transport().limits();
        settings.check(limits);
        this.time = parts.time();
        this.settings = settings;
        this.encoder =
                new EventEncoder(parts.partitionKey(), limits.maxRecordBytes(), parts.producerId(), time.epochMillis());
        this.memory = new MemoryBudget(settings.queueBytes(limits));
        this.meters = parts.meters();
        meters.buffer(memory);
        this.barriers = new FlushBarriers();
        this.intake = new Intake(time, barriers, settings);
        String threadName = "clickstream-producer-" + parts.name();
        this.completions = new CompletionThread(threadName + "-completions");
        FailureLog log = new FailureLog(text -> LOG.warn("Producer to {}: {}", parts.name(), text));
        this.outcomes = new Outcomes(time, memory, barriers, parts.meters(), log, completions);
        Backoff backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, parts.random());
        this.loop = new SendLoop(
                time, settings, intake, this::hurries, parts.transport(), backoff, outcomes, parts.meters());
        this.sender = new Thread(this::run, threadName);
        sender.setDaemon(true);
    }

    BatchingProducer start() {
        completions.start();
        sender.start();
        return this;
    }

    @Override
    public CompletableFuture<Receipt> send(ClickEvent event) {
        Objects.requireNonNull(event, "event");
        try {
            EncodedEvent encoded = encoder.encode(event);
            long maxBlock =
                    CompletionThread.isCurrent() ? 0 : settings.maxBlock().toNanos();
            memory.reserve(encoded.charge(), settings.onBufferFull(), maxBlock);
            return accept(encoded).future();
        } catch (SendFailedException e) {
            return refused(e);
        }
    }

    @Override
    public Optional<CompletableFuture<Receipt>> trySend(ClickEvent event) {
        Objects.requireNonNull(event, "event");
        try {
            EncodedEvent encoded = encoder.encode(event);
            return memory.tryReserve(encoded.charge())
                    ? Optional.of(accept(encoded).future())
                    : Optional.empty();
        } catch (SendFailedException e) {
            return Optional.of(refused(e));
        }
    }

    private CompletableFuture<Receipt> refused(SendFailedException failure) {
        if (outcomes.refused(failure)) {
            intake.wake(); // the send thread tells the log, and may have nothing else to do
        }
        return CompletableFuture.failedFuture(failure);
    }

    @Override
    public ProducerHealth health() {
        long now = time.nanos();
        return loop.vitals().read(!intake.isClosed(), outcomes.lastSuccess(), intake.queuedFor(now), now);
    }

    private Pending accept(EncodedEvent encoded) {
        try {
            return intake.accept(encoded);
        } catch (SendFailedException e) {
            memory.release(encoded.charge());
            throw e;
        }
    }

    @Override
    public DeliveryReport flush() throws InterruptedException {
        if (CompletionThread.isCurrent()) {
            throw new IllegalStateException("flush would wait for the thread that it is called on");
        }
        CompletableFuture<Void> flushed = barriers.flush();
        intake.wake();
        try {
            flushed.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return outcomes.report();
    }

    @Override
    public void close() {
        close(settings.closeTimeout());
    }

    @Override
    public DeliveryReport close(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, was " + timeout);
        }
        Duration bounded = timeout.compareTo(LONGEST_CLOSE) < 0 ? timeout : LONGEST_CLOSE;
        if (closed.compareAndSet(false, true)) {
            closesAt = time.nanos() + bounded.toNanos();
            memory.close();
            intake.close();
            closing = true;
            intake.wake();
        }
        awaitEnd(bounded);
        return outcomes.report();
    }

    private void awaitEnd(Duration timeout) {
        boolean interrupted = false;
        try {
            sender.join(timeout.plus(GRACE).toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
            closesAt = time.nanos();
            intake.wake();
        }
        try {
            if (interrupted) {
                sender.join(GRACE.toMillis());
            }
            if (!CompletionThread.isCurrent()) {
                completions.join(GRACE.toMillis());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody waits, so that nothing should linger. */
    private boolean hurries() {
        return closing || barriers.flushing();
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = runOnce();
            }
        } catch (Throwable e) { // whatever it is, no future may stay open
            LOG.error("The send thread of a producer failed; the producer is closed", e);
        } finally {
            end();
        }
    }

    private boolean runOnce() {
        boolean last = closing; // read first: what was accepted before must be seen below
        long wait = loop.runOnce();
        if (last) {
            long left = closesAt - time.nanos();
            if (loop.isIdle() || left <= 0) {
                return false;
            }
            wait = Math.min(wait, left);
        }
        try {
            intake.await(wait);
        } catch (InterruptedException e) {
            LOG.debug("The send thread was interrupted; it ends by close only");
        }
        return true;
    }

    private void end() {
        closed.set(true);
        memory.close();
        intake.close();
        try {
            loop.abandon();
        } finally {
            completions.finish();
            meters.end();
        }
    }
}
