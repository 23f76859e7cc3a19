package dev.clickstream.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Kinesis stream through the Kinesis Client Library (KCL), transforms its records, and delivers them in batches:
 * every stream record exactly once to a sink that writes idempotently by batch, through crashes, restarts and moves of
 * shards between workers.
 *
 * <p>Thread-safe. Any number of workers share a stream: KCL spreads its shards over those of one application. The
 * clients are the caller's, and are not closed. Threads are daemons named {@code clickstream-worker-…}, beside KCL's.
 * What fails is tried again for ever, and shows in {@link #health()}.
 *
 * <p>KCL keeps its own production settings, unless {@link WorkerBuilder#kcl} changes them.
 */
public final class ClickstreamWorker implements AutoCloseable {
    private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(5);

    private final WorkerStatus status;
    private final KclScheduler scheduler;
    private final ExecutorService transformThreads;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    ClickstreamWorker(
            KclSettings kcl,
            PipelineSettings pipeline,
            ExecutorService transformThreads,
            @Nullable MeterRegistry meterRegistry) {
        this.transformThreads = transformThreads;
        this.status = new WorkerStatus(meterRegistry);
        this.scheduler = new KclScheduler(kcl, pipeline, status, TimeSource.SYSTEM);
        WorkerMetrics.gauges(meterRegistry, pipeline.buffers(), scheduler.freshness());
    }

    private enum State {
        NEW,
        STARTED,
        CLOSED
    }

    /**
     * A builder.
     *
     * @param applicationName KCL's application: its lease table's name, and part of what batches are known by; without
     *     slashes
     * @param streamName the stream
     * @return a new one
     */
    public static WorkerBuilder builder(String applicationName, String streamName) {
        return new WorkerBuilder(applicationName, streamName);
    }

    /**
     * Starts to work, and returns at once.
     *
     * @return this worker
     * @throws IllegalStateException when it was started or closed before
     */
    public ClickstreamWorker start() {
        if (!state.compareAndSet(State.NEW, State.STARTED)) {
            throw new IllegalStateException("The worker was started before");
        }
        scheduler.start();
        return this;
    }

    /**
     * What became of the records of all batches that this worker has committed: exact, but for a batch whose commit was
     * answered to nobody.
     *
     * @return a snapshot
     */
    public OutcomeCounts counts() {
        return status.counts();
    }

    /**
     * How it is.
     *
     * @return a snapshot
     */
    public WorkerHealth health() {
        List<String> reasons = status.reasons();
        return switch (state.get()) {
            case NEW -> new WorkerHealth(WorkerHealth.Status.NEW, reasons);
            case CLOSED -> new WorkerHealth(WorkerHealth.Status.STOPPED, reasons);
            case STARTED -> {
                if (!scheduler.isRunning()) {
                    reasons.add("the scheduler's thread has ended");
                    yield new WorkerHealth(WorkerHealth.Status.DOWN, reasons);
                }
                reasons.addAll(scheduler.freshness().reasons());
                scheduler
                        .stuckFor(STUCK_AFTER)
                        .forEach(shard -> reasons.add(
                                shard + ": in one step for more than " + STUCK_AFTER.toMinutes() + " minutes"));
                yield new WorkerHealth(
                        reasons.isEmpty() ? WorkerHealth.Status.HEALTHY : WorkerHealth.Status.DEGRADED, reasons);
            }
        };
    }

    /** As {@link #close(Duration)} with 30 seconds. */
    @Override
    public void close() {
        close(DEFAULT_CLOSE_TIMEOUT);
    }

    /**
     * Stops reading, delivers what was read, commits it and gives the shards back, within the time given. What is not
     * committed then is delivered later, exactly once, by another worker or after a restart. Again is harmless. When
     * the thread is interrupted it stops waiting, and stays interrupted.
     *
     * @param timeout how long it may take; KCL itself wants a few seconds
     * @return how it ended
     */
    public CloseReport close(Duration timeout) {
        State before = state.getAndSet(State.CLOSED);
        if (before == State.NEW) {
            return new CloseReport(CloseReport.Ending.NEVER_STARTED, counts());
        }
        boolean delivered = false;
        try {
            delivered = scheduler.stop(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            transformThreads.shutdownNow();
        }
        return new CloseReport(delivered ? CloseReport.Ending.DELIVERED : CloseReport.Ending.TIMED_OUT, counts());
    }
}
