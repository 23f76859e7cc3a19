package dev.clickstream.benchmarks;

import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** A KCL application that counts how often it sees each numbered record. Thread-safe. */
final class KclReader implements AutoCloseable {

    enum Retrieval {
        POLLING,
        FAN_OUT
    }

    private final AtomicIntegerArray seen;
    private final AtomicInteger distinct = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final Scheduler scheduler;

    KclReader(LocalClients clients, String stream, Retrieval retrieval, int records) {
        String application = "reader-" + retrieval;
        seen = new AtomicIntegerArray(records);
        ConfigsBuilder configs = new ConfigsBuilder(
                new SingleStreamTracker(
                        StreamIdentifier.singleStreamInstance(stream),
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                application,
                clients.kinesis(),
                clients.dynamoDb(),
                clients.cloudWatch(),
                application,
                Counting::new);
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), application, stream);
        RetrievalSpecificConfig how = retrieval == Retrieval.POLLING
                ? QuickKcl.quicken(new PollingConfig(stream, clients.kinesis()))
                : new FanOutConfig(clients.kinesis()).streamName(stream).applicationName(application);
        RetrievalConfig retrievalConfig = configs.retrievalConfig().retrievalSpecificConfig(how);
        scheduler = new Scheduler(
                configs.checkpointConfig(),
                QuickKcl.quicken(configs.coordinatorConfig()),
                QuickKcl.quicken(configs.leaseManagementConfig()),
                QuickKcl.quicken(configs.lifecycleConfig()),
                QuickKcl.quicken(configs.metricsConfig()),
                configs.processorConfig(),
                retrievalConfig);
        Thread thread = new Thread(scheduler, application);
        thread.setDaemon(true);
        thread.start();
    }

    /** How many of the records it has seen. */
    int distinct() {
        return distinct.get();
    }

    /** How many times it saw one that it had seen before. */
    int again() {
        return again.get();
    }

    @Override
    public void close() {
        try {
            scheduler.startGracefulShutdown().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("KCL did not stop", e);
        }
    }

    private final class Counting implements ShardRecordProcessor {

        @Override
        public void initialize(InitializationInput input) {}

        @Override
        public void processRecords(ProcessRecordsInput input) {
            for (KinesisClientRecord one : input.records()) {
                if (seen.incrementAndGet(one.data().getInt(0)) == 1) {
                    distinct.incrementAndGet();
                } else {
                    again.incrementAndGet();
                }
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

        private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
            } catch (KinesisClientLibException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
