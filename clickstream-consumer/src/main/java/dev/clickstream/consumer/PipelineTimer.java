package dev.clickstream.consumer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Ticks pipelines, each on a thread of its own while it delivers, so that none waits for another. KCL's calls cannot do
 * it: they do not come while a delivery hangs or no record is read.
 */
final class PipelineTimer implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final Supplier<List<ShardPipeline>> pipelines;
    private final Set<ShardPipeline> ticking = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemon("timer"));
    private final ExecutorService deliveries = Executors.newCachedThreadPool(daemon("delivery"));

    PipelineTimer(Supplier<List<ShardPipeline>> pipelines) {
        this.pipelines = pipelines;
    }

    void start() {
        var unused = clock.scheduleWithFixedDelay(this::tickAll, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tickAll() {
        for (ShardPipeline pipeline : pipelines.get()) {
            if (pipeline.isDue() && ticking.add(pipeline)) {
                deliveries.execute(() -> tick(pipeline));
            }
        }
    }

    private void tick(ShardPipeline pipeline) {
        try {
            pipeline.tick();
        } finally {
            ticking.remove(pipeline);
        }
    }

    static ThreadFactory daemon(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "clickstream-worker-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Stops, and interrupts deliveries that still run. */
    @Override
    public void close() {
        clock.shutdownNow();
        deliveries.shutdownNow();
    }
}
