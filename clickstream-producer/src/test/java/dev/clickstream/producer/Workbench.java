package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A producer's parts without its threads: a test runs the loop, and moves the time. */
final class Workbench {

    static final Duration LINGER = Duration.ofMillis(100);
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);
    static final int MAX_RECORDS = 10;
    static final int MAX_BATCH_BYTES = 4_096;
    static final int SHARD_BYTES_PER_SECOND = 64 << 10;

    final ManualTime time = new ManualTime();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<String> logged = new ArrayList<>();
    final MemoryBudget memory;
    final FlushBarriers barriers = new FlushBarriers();
    final Intake intake;
    final Outcomes outcomes;
    final SendLoop loop;
    private final EventEncoder encoder;

    Workbench(Transport transport) {
        this(transport, 1 << 20, 0, true);
    }

    Workbench(Transport transport, long memoryBytes, long seed, boolean aggregation) {
        this(transport, memoryBytes, seed, settings(aggregation));
    }

    Workbench(Transport transport, long memoryBytes, long seed, ProducerSettings settings) {
        ProducerMeters producerMeters = new ProducerMeters(meters, "test");
        memory = new MemoryBudget(memoryBytes);
        producerMeters.buffer(memory);
        intake = new Intake(time, barriers, settings);
        outcomes = new Outcomes(time, memory, barriers, producerMeters, new FailureLog(logged::add), Runnable::run);
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random(seed));
        loop = new SendLoop(time, settings, intake, barriers::flushing, transport, backoff, outcomes, producerMeters);
        encoder = new EventEncoder(
                PartitionKeys.BY_VISITOR, transport.limits().maxRecordBytes(), "bench", time.epochMillis());
    }

    static ProducerSettings settings(boolean aggregation) {
        return settings(aggregation, DELIVERY_TIMEOUT);
    }

    static ProducerSettings settings(boolean aggregation, Duration deliveryTimeout) {
        return settings(aggregation, Order.BY_KEY, deliveryTimeout);
    }

    static ProducerSettings settings(boolean aggregation, Order order) {
        return settings(aggregation, order, DELIVERY_TIMEOUT);
    }

    private static ProducerSettings settings(boolean aggregation, Order order, Duration deliveryTimeout) {
        return new ProducerSettings(
                LINGER,
                MAX_RECORDS,
                MAX_BATCH_BYTES,
                3,
                1 << 20,
                Overflow.FAIL,
                Duration.ZERO,
                REQUEST_TIMEOUT,
                deliveryTimeout,
                Duration.ZERO,
                aggregation,
                order,
                SHARD_BYTES_PER_SECOND);
    }

    CompletableFuture<Receipt> send(String key) {
        return accept(key).future();
    }

    Pending accept(String key) {
        return accept(ClickEvent.builder("click").userPseudoId(key).build());
    }

    Pending accept(ClickEvent one) {
        EncodedEvent event = encoder.encode(one);
        memory.reserve(event.charge(), Overflow.FAIL, 0);
        return intake.accept(event);
    }

    /** Runs the loop now and whenever it has something to do within this time. */
    void run(Duration duration) {
        long end = time.nanos() + duration.toNanos();
        while (true) {
            long wait = loop.runOnce();
            long left = end - time.nanos();
            if (left <= 0 && wait > 0) {
                return;
            }
            time.advance(Math.max(0, Math.min(wait, left)));
        }
    }
}
