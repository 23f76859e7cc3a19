package dev.clickstream.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.Lease;

/**
 * The pipelines of one scheduler: opened when KCL initializes a processor, told the time, and discarded together when
 * the scheduler is not to be trusted any more. Thread-safe.
 */
final class KclPipelines {
    private static final Logger LOG = LoggerFactory.getLogger(KclPipelines.class);

    /** How long KCL may go on calling a processor that has ended before it is taken for stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PipelineSettings settings;
    private final ShardObserver observer;
    private final TimeSource time;
    private final Map<ShardPipeline, String> open = new ConcurrentHashMap<>();
    private final Map<ShardPipeline, Long> calledAfterEnd = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Scheduler> scheduler = new AtomicReference<>();

    KclPipelines(PipelineSettings settings, ShardObserver observer, TimeSource time) {
        this.settings = settings;
        this.observer = observer;
        this.time = time;
    }

    /** The scheduler whose leases these are; set before it runs. */
    void belongTo(Scheduler scheduler) {
        this.scheduler.set(scheduler);
    }

    ShardPipeline open(String shardId, Checkpoints checkpoints, @Nullable BatchState pending) {
        LOG.info("{} opens{}", shardId, pending == null ? "" : ", with a batch pending up to " + pending.cut());
        ShardPipeline pipeline = new ShardPipeline(shardId, settings, checkpoints, observer, time, pending);
        open.put(pipeline, shardId);
        observer.working(shardId);
        return pipeline;
    }

    void close(ShardPipeline pipeline) {
        pipeline.discard();
        open.remove(pipeline);
        calledAfterEnd.remove(pipeline);
    }

    /** A processor could not begin; KCL tries again, and keeps the lease meanwhile. */
    void cannotOpen(String shardId, RuntimeException cause) {
        LOG.error("{} cannot be opened; KCL tries again", shardId, cause);
        observer.failing(shardId, "opening", 1, cause);
    }

    /**
     * The hash keys of a shard, as its lease has them; null in a lease that an old version of KCL made.
     *
     * @throws IllegalStateException when the lease is not held at this moment
     */
    @Nullable
    HashKeyRangeForLease rangeOf(String shardId) {
        Scheduler kcl = scheduler.get();
        if (kcl == null) {
            return null;
        }
        Lease lease = kcl.leaseCoordinator().getCurrentlyHeldLease(shardId);
        if (lease == null) {
            throw new IllegalStateException("The lease of " + shardId + " is not held");
        }
        return lease.hashKeyRangeForLease();
    }

    List<ShardPipeline> all() {
        return List.copyOf(open.keySet());
    }

    void discardAll() {
        all().forEach(ShardPipeline::discard);
    }

    /**
     * Lets those that are well deliver and commit what they have, and ends all: what broke is one shard's, and the
     * others would otherwise begin their batches again whenever it breaks.
     *
     * @param patience for those whose sinks are slow; what is not delivered then is read again
     */
    void stopAll(Duration patience) {
        List<Thread> stopping = all().stream()
                .filter(pipeline -> !pipeline.isOver() && !pipeline.isHalted())
                .map(pipeline ->
                        PipelineTimer.daemon("stop-" + pipeline.shardId()).newThread(pipeline::stop))
                .toList();
        stopping.forEach(Thread::start);
        long deadline = time.nanoTime() + patience.toNanos();
        try {
            for (Thread thread : stopping) {
                long left = deadline - time.nanoTime();
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            discardAll();
        }
    }

    /** KCL skipped records of this shard: what comes next must not be committed. */
    void skipped(String shardId) {
        open.forEach((pipeline, shard) -> {
            if (shard.equals(shardId)) {
                pipeline.discard();
            }
        });
        observer.broken(shardId, new IllegalStateException("KCL skipped records"));
    }

    void broken(String shardId, ShardPipeline pipeline, Throwable cause) {
        pipeline.discard();
        observer.broken(shardId, cause);
    }

    /** KCL calls a processor whose pipeline has ended; soon it should say that the lease is lost. */
    void stillCalled(ShardPipeline pipeline) {
        Long since = calledAfterEnd.putIfAbsent(pipeline, time.nanoTime());
        if (since != null && time.nanoTime() - since > PATIENCE.toNanos()) {
            calledAfterEnd.remove(pipeline);
            String shardId = open.getOrDefault(pipeline, "a shard");
            observer.broken(shardId, new IllegalStateException("KCL keeps a lease that it has lost"));
        }
    }

    void behind(ShardPipeline pipeline, long millis) {
        pipeline.behind(millis);
        observer.behind(pipeline.shardId(), millis);
    }
}
