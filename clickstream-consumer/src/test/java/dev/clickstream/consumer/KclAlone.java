package dev.clickstream.consumer;

import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** KCL without anything of ours: what it hands to a processor, and what it does not. */
final class KclAlone implements AutoCloseable {
    private final List<String> handedOver = new CopyOnWriteArrayList<>();
    private final Consumer<ProcessRecordsInput> before;
    private final Scheduler scheduler;

    /**
     * Starts it.
     *
     * @param before what its processor does first
     */
    KclAlone(
            LocalClients clients,
            String application,
            String stream,
            Consumer<RetrievalConfig> retrieval,
            Consumer<ProcessRecordsInput> before) {
        this.before = before;
        ConfigsBuilder configs = new ConfigsBuilder(
                new SingleStreamTracker(
                        StreamIdentifier.singleStreamInstance(stream),
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                application,
                clients.kinesis(),
                clients.dynamoDb(),
                clients.cloudWatch(),
                "alone",
                Processor::new);
        RetrievalConfig reading = configs.retrievalConfig()
                .retrievalSpecificConfig(QuickKcl.quicken(new PollingConfig(stream, clients.kinesis())));
        retrieval.accept(reading);
        scheduler = new Scheduler(
                configs.checkpointConfig(),
                QuickKcl.quicken(configs.coordinatorConfig()),
                QuickKcl.quicken(configs.leaseManagementConfig()),
                QuickKcl.quicken(configs.lifecycleConfig()),
                QuickKcl.quicken(configs.metricsConfig()),
                configs.processorConfig(),
                reading);
        Thread thread = new Thread(scheduler, "kcl-alone");
        thread.setDaemon(true);
        thread.start();
    }

    List<String> handedOver() {
        return handedOver;
    }

    @Override
    public void close() {
        scheduler.shutdown();
        scheduler.executorService().shutdownNow();
    }

    private final class Processor implements ShardRecordProcessor {
        @Override
        public void initialize(InitializationInput input) {}

        @Override
        public void processRecords(ProcessRecordsInput input) {
            before.accept(input);
            // From its beginning: a decoder may have read the buffer.
            input.records()
                    .forEach(record -> handedOver.add(StandardCharsets.UTF_8
                            .decode(record.data().duplicate().rewind())
                            .toString()));
        }

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {}

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {}
    }
}
