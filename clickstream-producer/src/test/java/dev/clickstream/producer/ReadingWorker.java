package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
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
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** A KCL worker of a user, who knows nothing of us; keeps the events that it is handed, copies included. */
final class ReadingWorker implements AutoCloseable {

    private final List<ClickEvent> read = new CopyOnWriteArrayList<>();
    private final Scheduler scheduler;

    ReadingWorker(LocalClients clients, String application, String stream) {
        ConfigsBuilder configs = new ConfigsBuilder(
                new SingleStreamTracker(
                        StreamIdentifier.singleStreamInstance(stream),
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                application,
                clients.kinesis(),
                clients.dynamoDb(),
                clients.cloudWatch(),
                "worker",
                Processor::new);
        scheduler = new Scheduler(
                configs.checkpointConfig(),
                QuickKcl.quicken(configs.coordinatorConfig()),
                QuickKcl.quicken(configs.leaseManagementConfig()),
                QuickKcl.quicken(configs.lifecycleConfig()),
                QuickKcl.quicken(configs.metricsConfig()),
                configs.processorConfig(),
                configs.retrievalConfig()
                        .retrievalSpecificConfig(QuickKcl.quicken(new PollingConfig(stream, clients.kinesis()))));
    }

    ReadingWorker start() {
        Thread thread = new Thread(scheduler, "kcl-worker");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    List<ClickEvent> read() {
        return read;
    }

    @Override
    public void close() {
        Future<Boolean> stopped = scheduler.startGracefulShutdown();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(stopped::isDone);
    }

    private final class Processor implements ShardRecordProcessor {
        @Override
        public void initialize(InitializationInput input) {}

        @Override
        public void processRecords(ProcessRecordsInput input) {
            read.addAll(input.records().stream()
                    .map(one -> UTF_8.decode(one.data()).toString().getBytes(UTF_8))
                    .map(ClickEvent::fromJson)
                    .toList());
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
