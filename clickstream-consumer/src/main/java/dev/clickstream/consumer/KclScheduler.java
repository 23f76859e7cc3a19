package dev.clickstream.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * Runs KCL's scheduler on a thread, and a new one whenever it ends before it was asked to, or when KCL has skipped
 * records: what was not committed is read again. Thread-safe.
 */
final class KclScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(KclScheduler.class);
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);
    private static final Duration OTHERS_STOP_WITHIN = Duration.ofSeconds(10);

    private final KclSettings settings;
    private final PipelineSettings pipelineSettings;
    private final WorkerStatus status;
    private final TimeSource time;
    private final RetryPolicy restarts = new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private final PipelineTimer timer;
    private final Object lock = new Object();
    private @Nullable Scheduler current;
    private final Freshness freshness;
    private volatile @Nullable KclPipelines pipelines;

    KclScheduler(KclSettings settings, PipelineSettings pipelineSettings, WorkerStatus status, TimeSource time) {
        this.settings = settings;
        this.pipelineSettings = pipelineSettings;
        this.status = status;
        this.time = time;
        this.thread = new Thread(this::run, "clickstream-worker-" + settings.application());
        this.thread.setDaemon(true);
        this.timer = new PipelineTimer(this::openPipelines);
        this.freshness = new Freshness(settings.kinesis(), settings.stream(), this::openPipelines, time);
    }

    void start() {
        status.whenBroken(this::restart);
        thread.start();
        timer.start();
    }

    Freshness freshness() {
        return freshness;
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /** Shards whose transform or sink has kept them in one step for so long. */
    List<String> stuckFor(Duration limit) {
        return openPipelines().stream()
                .filter(pipeline -> pipeline.busyNanos() > limit.toNanos())
                .map(ShardPipeline::shardId)
                .sorted()
                .toList();
    }

    private List<ShardPipeline> openPipelines() {
        KclPipelines mine = pipelines;
        return mine == null ? List.of() : mine.all();
    }

    private void run() {
        for (int restart = 1; !isStopping(); restart++) {
            KclPipelines mine = new KclPipelines(pipelineSettings, status, time);
            pipelines = mine;
            try {
                Scheduler scheduler = scheduler(mine);
                if (!publish(scheduler)) {
                    return;
                }
                run(scheduler);
                if (!isStopping()) {
                    status.schedulerEnded();
                }
            } catch (Throwable e) {
                if (!isStopping()) {
                    status.schedulerFailed(e);
                    LOG.error("KCL's scheduler failed; another is started", e);
                }
            } finally {
                mine.discardAll();
            }
            pauseBefore(restart);
        }
    }

    /** KCL leaves its threads behind, renewing leases, when an Error ends it. */
    private static void run(Scheduler scheduler) {
        try {
            scheduler.run();
        } finally {
            if (!scheduler.shutdownComplete()) {
                scheduler.shutdown();
                scheduler.executorService().shutdownNow();
            }
        }
    }

    private void pauseBefore(int restart) {
        try {
            if (!stopping.await(restarts.backoff(restart).toMillis(), TimeUnit.MILLISECONDS)) {
                status.restarted();
            }
        } catch (InterruptedException e) {
            LOG.debug("Nobody but close() ends this thread", e);
        }
    }

    private boolean publish(Scheduler scheduler) {
        synchronized (lock) {
            current = scheduler;
            return !isStopping();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private Scheduler scheduler(KclPipelines mine) throws Exception {
        KclConfigs configs = configs(mine);
        settings.customizer().customize(configs);
        configs.leaseManagement().consistentReads(true);
        configs.lifecycle().aggregatorUtil(new GuardedAggregator());
        configs.lifecycle()
                .taskExecutionListener(new KclTaskGuard(configs.lifecycle().taskExecutionListener(), mine::skipped));
        configs.processor().callProcessRecordsEvenForEmptyRecordList(true);
        configs.retrieval().streamTracker(tracker(startPosition(configs)));
        Scheduler scheduler = new Scheduler(
                configs.checkpoint(),
                configs.coordinator(),
                configs.leaseManagement(),
                configs.lifecycle(),
                configs.metrics(),
                configs.processor(),
                configs.retrieval());
        mine.belongTo(scheduler);
        return scheduler;
    }

    private InitialPositionInStreamExtended startPosition(KclConfigs configs) throws Exception {
        KclStartStore store = new KclStartStore(configs.leaseManagement());
        Instant start = new StartPosition(store, settings.initialPosition(), time).resolve();
        return start.equals(StartPosition.TRIM_HORIZON)
                ? InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)
                : InitialPositionInStreamExtended.newInitialPositionAtTimestamp(Date.from(start));
    }

    private KclConfigs configs(KclPipelines mine) {
        ConfigsBuilder kcl = new ConfigsBuilder(
                tracker(InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                settings.application(),
                settings.kinesis(),
                settings.dynamoDb(),
                settings.cloudWatch(),
                settings.workerId(),
                () -> new KclProcessor(mine));
        KclSettings.LeaseTable table = settings.leaseTable();
        return new KclConfigs(
                kcl.checkpointConfig(),
                kcl.coordinatorConfig(),
                kcl.tableName(table.name())
                        .leaseManagementConfig()
                        .maxLeasesForWorker(settings.sharing().maxLeases())
                        .failoverTimeMillis(settings.sharing().failoverTime().toMillis())
                        .billingMode(table.billing())
                        .tags(table.tags().entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()),
                kcl.lifecycleConfig(),
                kcl.metricsConfig(),
                kcl.processorConfig(),
                kcl.retrievalConfig().retrievalSpecificConfig(retrieval()));
    }

    private RetrievalSpecificConfig retrieval() {
        return switch (settings.retrieval()) {
            case POLLING -> new PollingConfig(settings.stream(), settings.kinesis());
            case FAN_OUT ->
                new FanOutConfig(settings.kinesis())
                        .streamName(settings.stream())
                        .applicationName(settings.application());
        };
    }

    private SingleStreamTracker tracker(InitialPositionInStreamExtended position) {
        return new SingleStreamTracker(StreamIdentifier.singleStreamInstance(settings.stream()), position);
    }

    /** KCL cannot be trusted with the shard that broke; another scheduler is started, from the last checkpoints. */
    private void restart() {
        KclPipelines mine = pipelines;
        Scheduler scheduler;
        synchronized (lock) {
            scheduler = current;
        }
        if (scheduler == null || mine == null || isStopping()) {
            return;
        }
        // Not on this thread: it is one of those that the scheduler waits for.
        PipelineTimer.daemon("restart")
                .newThread(() -> {
                    mine.stopAll(OTHERS_STOP_WITHIN);
                    scheduler.shutdown();
                })
                .start();
    }

    /**
     * Stops: every shard delivers what it has, within the time given; what is not delivered then is read again later.
     *
     * @return whether all was delivered in time
     */
    boolean stop(Duration timeout) throws InterruptedException {
        long deadline = time.nanoTime() + timeout.toNanos();
        Scheduler scheduler;
        synchronized (lock) {
            stopping.countDown();
            scheduler = current;
        }
        try {
            // They hold KCL's threads, which must be free to hand over the other shards.
            openPipelines().stream().filter(ShardPipeline::isHalted).forEach(ShardPipeline::discard);
            return scheduler == null || stop(scheduler, deadline);
        } finally {
            openPipelines().forEach(ShardPipeline::discard);
            timer.close();
        }
    }

    private boolean stop(Scheduler scheduler, long deadline) throws InterruptedException {
        Future<Boolean> stopped = scheduler.startGracefulShutdown();
        if (endsUntil(deadline)) {
            return true;
        }
        stopped.cancel(true);
        openPipelines().forEach(ShardPipeline::discard);
        PipelineTimer.daemon("stop").newThread(scheduler::shutdown).start();
        thread.join(LAST_WAIT.toMillis());
        return false;
    }

    private boolean endsUntil(long deadline) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - time.nanoTime());
        if (millis > 0) {
            thread.join(millis);
        }
        return !thread.isAlive();
    }
}
