package dev.clickstream.producer;

import dev.clickstream.producer.SendFailedException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The producer's meters. Without a registry nothing is measured. */
final class ProducerMeters {

    private static final String EVENTS = "clickstream.producer.events";
    private static final String BUFFER = "clickstream.producer.buffer.bytes";
    private static final String STREAM = "stream";

    private final boolean measured;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter delivered;
    private final Counter throttled;
    private final Counter straddled;
    private final Timer queueTime;
    private final DistributionSummary requestRecords;
    private @Nullable Gauge buffer;

    ProducerMeters(@Nullable MeterRegistry registry, String stream) {
        this.measured = registry != null;
        this.registry = registry == null ? new CompositeMeterRegistry() : registry;
        this.tags = Tags.of(STREAM, stream);
        this.delivered = events("delivered", "none");
        this.throttled = this.registry.counter("clickstream.producer.throttled", tags);
        this.straddled = this.registry.counter("clickstream.producer.wrong.shard", tags);
        this.queueTime = this.registry.timer("clickstream.producer.queue.time", tags);
        this.requestRecords = this.registry.summary("clickstream.producer.request.records", tags);
    }

    void buffer(MemoryBudget memory) {
        boolean isFree = registry.find(BUFFER).tags(tags).gauge() == null;
        Gauge gauge = Gauge.builder(BUFFER, memory, MemoryBudget::used)
                .tags(tags)
                .baseUnit("bytes")
                .register(registry);
        buffer = isFree ? gauge : null; // else it is that of another producer to this stream
    }

    /** The producer has ended: the buffer's place is free for that of the next one to this stream. */
    void end() {
        if (buffer != null) {
            registry.remove(buffer);
        }
    }

    void delivered(long nanosSinceAccepted) {
        if (!measured) {
            return; // of all meters, those of each event cost something even then
        }
        delivered.increment();
        queueTime.record(nanosSinceAccepted, TimeUnit.NANOSECONDS);
    }

    void failed(Reason reason) {
        String result =
                switch (reason) {
                    case IN_DOUBT -> "in_doubt";
                    case ABANDONED -> "abandoned";
                    default -> "failed";
                };
        events(result, name(reason)).increment();
    }

    void refused(Reason reason) {
        events(reason == Reason.DROPPED ? "dropped" : "refused", name(reason)).increment();
    }

    private Counter events(String result, String reason) {
        return registry.counter(EVENTS, tags.and("result", result, "reason", reason));
    }

    private static String name(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    void request(int records) {
        requestRecords.record(records);
    }

    /** Events were written in a record that readers throw away, and go again. */
    void straddled(int events) {
        straddled.increment(events);
    }

    void answered(long nanos, String result) {
        registry.timer("clickstream.producer.request", tags.and("result", result))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    void retry(Transport.Failure failure, String error) {
        registry.counter("clickstream.producer.retries", tags.and("error", error))
                .increment();
        if (failure == Transport.Failure.THROTTLED) {
            throttled.increment();
        }
    }
}
