package dev.clickstream.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** A KCL scheduler with the quick settings and nothing else of ours; keeps what it reads. */
final class PlainWorker implements AutoCloseable {
    /** KCL's leader lock reports its own end with a stack trace. Held, or the level would be forgotten. */
    private static final Logger LOCK = Logger.getLogger("com.amazonaws.services");

    static {
        LOCK.setLevel(Level.WARNING);
    }

    private final List<String> read = new CopyOnWriteArrayList<>();
    private final Scheduler scheduler;
    private final Thread thread;

    PlainWorker(LocalClients clients, String application, String stream, String workerId) {
        this(clients, application, stream, workerId, QuickKcl.quicken(new PollingConfig(stream, clients.kinesis())));
    }

    /** Reads by enhanced fan-out. */
    static PlainWorker fanningOut(LocalClients clients, String application, String stream) {
        FanOutConfig fanOut =
                new FanOutConfig(clients.kinesis()).streamName(stream).applicationName(application);
        return new PlainWorker(clients, application, stream, application, fanOut);
    }

    private PlainWorker(
            LocalClients clients,
            String application,
            String stream,
            String workerId,
            RetrievalSpecificConfig retrieval) {
        ConfigsBuilder configs = new ConfigsBuilder(
                new SingleStreamTracker(
                        StreamIdentifier.singleStreamInstance(stream),
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                application,
                clients.kinesis(),
                clients.dynamoDb(),
                clients.cloudWatch(),
                workerId,
                Processor::new);
        scheduler = new Scheduler(
                configs.checkpointConfig(),
                QuickKcl.quicken(configs.coordinatorConfig()),
                QuickKcl.quicken(configs.leaseManagementConfig()),
                QuickKcl.quicken(configs.lifecycleConfig()),
                QuickKcl.quicken(configs.metricsConfig()),
                configs.processorConfig(),
                configs.retrievalConfig().retrievalSpecificConfig(retrieval));
        thread = new Thread(scheduler, "kcl-" + workerId);
        thread.setDaemon(true);
    }

    PlainWorker start() {
        thread.start();
        return this;
    }

    /** What it was handed, in that order, copies included. */
    List<String> read() {
        return read;
    }

    /**
     * Gracefully, if that comes to an end: KCL counts the shards that it must tell when it begins to stop, and waits for
     * ever when one of them has ended of itself meanwhile, as it does after a split.
     */
    @Override
    public void close() {
        Future<Boolean> stopped = scheduler.startGracefulShutdown();
        try {
            stopped.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            scheduler.shutdown();
        }
    }

    private final class Processor implements ShardRecordProcessor {
        @Override
        public void initialize(InitializationInput input) {}

        @Override
        public void processRecords(ProcessRecordsInput input) {
            for (KinesisClientRecord one : input.records()) {
                read.add(StandardCharsets.UTF_8.decode(one.data()).toString());
            }
        }

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {
            checkpoint(input.checkpointer());
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            checkpoint(input.checkpointer());
        }

        private void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
            } catch (KinesisClientLibException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
