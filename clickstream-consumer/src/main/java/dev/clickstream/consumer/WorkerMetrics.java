package dev.clickstream.consumer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Meters of a worker, or none. Thread-safe. */
final class WorkerMetrics {
    private static final String RECORDS = "clickstream.consumer.records";
    private static final String CHECKPOINT = "clickstream.consumer.checkpoint";

    private final @Nullable MeterRegistry registry;

    WorkerMetrics(@Nullable MeterRegistry registry, LongSupplier millisBehindLatest) {
        this.registry = registry;
        if (registry != null) {
            Gauge.builder("clickstream.consumer.millis.behind.latest", millisBehindLatest, behind ->
                            (double) behind.getAsLong())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** What is asked when a registry asks. */
    static void gauges(@Nullable MeterRegistry registry, Buffers buffers, Freshness freshness) {
        if (registry == null) {
            return;
        }
        gauge("clickstream.consumer.buffered", "bytes", buffers::bytes, registry);
        gauge("clickstream.sink.open.partitions", "objects", buffers::objects, registry);
        gauge("clickstream.sink.freshness", "seconds", () -> freshness.age().toSeconds(), registry);
        Gauge.builder("clickstream.consumer.retention.left", freshness, Freshness::secondsLeft)
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private static void gauge(String name, String unit, LongSupplier value, MeterRegistry registry) {
        Gauge.builder(name, value, supplier -> (double) supplier.getAsLong())
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }

    void committed(OutcomeCounts batch) {
        count(RECORDS, "result", "ok", batch.ok());
        batch.dropped().values().forEach(dropped -> count(RECORDS, "result", "dropped", dropped));
        batch.failed().forEach((code, failed) -> {
            count(RECORDS, "result", "failed", failed);
            count("clickstream.consumer.dead.letters", "reason", code, failed);
        });
    }

    void checkpointed(ShardObserver.CheckpointPhase phase) {
        count(CHECKPOINT, "phase", phase.name().toLowerCase(Locale.ROOT), 1);
    }

    void differs() {
        count("clickstream.consumer.batches.differing", "by", "records", 1);
    }

    void deadLettered() {
        count("clickstream.consumer.batches.dead.lettered", "by", "policy", 1);
    }

    void restarted() {
        count("clickstream.consumer.restarts", "of", "scheduler", 1);
    }

    private void count(String name, String tag, String value, long by) {
        if (registry != null) {
            registry.counter(name, tag, value).increment((double) by);
        }
    }
}
