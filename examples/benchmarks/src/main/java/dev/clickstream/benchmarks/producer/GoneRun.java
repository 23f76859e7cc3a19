package dev.clickstream.benchmarks.producer;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.Overflow;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Our producer in a process of its own, at a stream that takes requests and never answers: how much memory it holds more
 * than before, when its buffer is full and callers go on.
 */
public final class GoneRun {

    private static final long SAMPLE_NANOS = 500_000_000;
    private static final int SAMPLES = 24;
    private static final int MILLION = 1 << 20;

    private GoneRun() {}

    /**
     * Runs it, and prints the bound, the most that was held, and how many events were dropped.
     *
     * @param args the endpoint, a stream that answers, one that does not, the bound in MiB
     */
    public static void main(String[] args) {
        var client = Clients.kinesis(URI.create(args[0]));
        List<ClickEvent> events = Clicks.make(20_000);
        long bound = Long.parseLong(args[3]) * MILLION;
        try (ClickstreamProducer warm =
                ClickstreamProducer.builder(client, args[1]).build()) {
            for (ClickEvent event : events) {
                var unused = warm.send(event);
            }
        }
        long before = held();
        ClickstreamProducer producer = ClickstreamProducer.builder(client, args[2])
                .bufferMaxBytes(bound)
                .onBufferFull(Overflow.DROP_NEWEST)
                .build();
        long most = 0;
        long sampleAt = System.nanoTime() + SAMPLE_NANOS;
        for (int i = 0, samples = 0; samples < SAMPLES; i++) {
            var unused = producer.send(events.get(i % events.size()));
            if (System.nanoTime() - sampleAt > 0) {
                most = Math.max(most, held() - before);
                samples++;
                sampleAt = System.nanoTime() + SAMPLE_NANOS;
            }
        }
        long dropped = producer.close(Duration.ZERO).refused();
        System.out.println("RESULT " + bound + " " + most + " " + dropped);
        System.exit(0);
    }

    /** What is reachable on the heap, and what Netty and the JDK hold beside it. */
    private static long held() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + buffers + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
