package dev.clickstream.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what the pipelines tell: counts, meters, and what is wrong. Thread-safe. */
final class WorkerStatus implements ShardObserver {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerStatus.class);

    private final WorkerMetrics metrics;
    private final Object lock = new Object();
    private final SortedMap<String, String> failing = new ConcurrentSkipListMap<>();
    private final SortedMap<String, String> alarms = new ConcurrentSkipListMap<>();
    private final SortedMap<String, String> rejecting = new ConcurrentSkipListMap<>();
    private final Map<String, Long> behind = new ConcurrentSkipListMap<>();
    private OutcomeCounts counts = OutcomeCounts.NONE; // guarded by lock
    private volatile Runnable restart = () -> {};
    private volatile @Nullable String scheduler;

    WorkerStatus(@Nullable MeterRegistry registry) {
        this.metrics = new WorkerMetrics(registry, this::millisBehindLatest);
    }

    void whenBroken(Runnable restart) {
        this.restart = restart;
    }

    OutcomeCounts counts() {
        synchronized (lock) {
            return counts;
        }
    }

    /** What is wrong, in words. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        String broken = scheduler;
        if (broken != null) {
            reasons.add(broken);
        }
        new TreeMap<>(failing).forEach((shard, why) -> reasons.add(shard + ": " + why));
        new TreeMap<>(rejecting).forEach((shard, why) -> reasons.add(shard + ": " + why));
        new TreeMap<>(alarms).forEach((shard, why) -> reasons.add(shard + ": " + why));
        return reasons;
    }

    private long millisBehindLatest() {
        return behind.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public void committed(String shardId, OutcomeCounts batch) {
        synchronized (lock) {
            counts = counts.plus(batch);
        }
        metrics.committed(batch);
        scheduler = null;
        judge(shardId, batch);
    }

    /** Where most records fail it is not the records: the log's format has changed, say, or a transform is wrong. */
    private void judge(String shardId, OutcomeCounts batch) {
        long failed =
                batch.failed().values().stream().mapToLong(Long::longValue).sum();
        if (failed * 2 <= batch.records()) {
            rejecting.remove(shardId);
            return;
        }
        String code = Collections.max(batch.failed().entrySet(), Map.Entry.comparingByValue())
                .getKey();
        String why = "most records of the last batch went to the error output, with " + code;
        if (!why.equals(rejecting.put(shardId, why))) {
            LOG.warn("{}: {}", shardId, why);
        }
    }

    @Override
    public void checkpointed(CheckpointPhase phase) {
        metrics.checkpointed(phase);
    }

    @Override
    public void failing(String shardId, String what, int failures, Throwable cause) {
        failing.put(
                shardId,
                what + " failed " + failures + " times, last with "
                        + cause.getClass().getName());
    }

    @Override
    public void working(String shardId) {
        failing.remove(shardId);
    }

    @Override
    public void halted(String shardId, String sinks) {
        LOG.error("{} is halted: {} refuses a batch; start the worker again when that is mended", shardId, sinks);
        failing.put(shardId, "halted, as " + sinks + " goes on to refuse a batch");
    }

    @Override
    public void deadLettered(String shardId, String sinks) {
        LOG.error("{}: a batch goes to the dead letters, as {} refuses it", shardId, sinks);
        metrics.deadLettered();
    }

    @Override
    public void differs(String shardId, BatchState pending, long recordsNow) {
        String why = "a batch of " + pending.count() + " records up to " + pending.cut() + " could not be read again: "
                + recordsNow + " records are there now";
        LOG.error("{}: {}", shardId, why);
        alarms.put(shardId, why);
        metrics.differs();
    }

    @Override
    public void broken(String shardId, Throwable cause) {
        LOG.error(
                "{} cannot go on; KCL's scheduler is started again, from the last checkpoint",
                shardId,
                WithoutText.of(cause));
        scheduler = "the scheduler is started again because of " + shardId + ": "
                + cause.getClass().getName();
        restart.run();
    }

    /** KCL gives up without an exception when it cannot initialize. */
    void schedulerEnded() {
        if (scheduler == null) {
            scheduler = "the scheduler ended by itself; KCL's log says why";
        }
    }

    void schedulerFailed(Throwable cause) {
        scheduler = "the scheduler failed with " + cause.getClass().getName();
    }

    void restarted() {
        metrics.restarted();
    }

    @Override
    public void behind(String shardId, long millis) {
        behind.put(shardId, millis);
    }

    @Override
    public void ended(String shardId) {
        failing.remove(shardId);
        rejecting.remove(shardId);
        behind.remove(shardId);
    }
}
