package dev.clickstream.benchmarks.delivery;

import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.lifecycle.TaskExecutionListener;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * What one writes with KCL first: each shard compresses what it is given, puts it under a random name when it is large or
 * old enough, and checkpoints. After a crash records are in two objects. Thread-safe.
 */
final class PlainKcl implements Pipeline.Running {

    private static final long CLOSE_SECONDS = 30;

    private final LocalClients clients;
    private final String bucket;
    private final AtomicLong delivered = new AtomicLong();
    private final Scheduler scheduler;

    PlainKcl(LocalClients clients, Pipeline.Task task, TaskExecutionListener listener) {
        this.clients = clients;
        this.bucket = task.bucket();
        ConfigsBuilder configs = new ConfigsBuilder(
                new SingleStreamTracker(
                        StreamIdentifier.singleStreamInstance(task.stream()),
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                task.application(),
                clients.kinesis(),
                clients.dynamoDb(),
                clients.cloudWatch(),
                task.workerId(),
                Gathering::new);
        scheduler = new Scheduler(
                configs.checkpointConfig(),
                QuickKcl.quicken(configs.coordinatorConfig()),
                Pipeline.leases(configs.leaseManagementConfig()),
                QuickKcl.quicken(configs.lifecycleConfig()).taskExecutionListener(listener),
                QuickKcl.quicken(configs.metricsConfig()),
                configs.processorConfig().callProcessRecordsEvenForEmptyRecordList(true),
                configs.retrievalConfig()
                        .retrievalSpecificConfig(
                                QuickKcl.quicken(new PollingConfig(task.stream(), clients.kinesis()))));
        Thread thread = new Thread(scheduler, task.application());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public long records() {
        return delivered.get();
    }

    @Override
    public void close() {
        try {
            scheduler.startGracefulShutdown().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("KCL did not stop", e);
        }
    }

    /** One shard's. */
    private final class Gathering implements ShardRecordProcessor {

        private ByteArrayOutputStream object = new ByteArrayOutputStream();
        private GZIPOutputStream rows = gzip(object);
        private long records;
        private long bytes;
        private long openedNanos;
        private @Nullable KinesisClientRecord last;

        private static GZIPOutputStream gzip(ByteArrayOutputStream object) {
            try {
                return new GZIPOutputStream(object, Pipeline.BUFFER_BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void initialize(InitializationInput input) {}

        @Override
        public void processRecords(ProcessRecordsInput input) {
            try {
                for (KinesisClientRecord record : input.records()) {
                    add(record);
                    if (bytes >= Pipeline.BUFFERING_BYTES) {
                        put(input.checkpointer());
                    }
                }
                if (records > 0 && System.nanoTime() - openedNanos >= Pipeline.BUFFERING_INTERVAL.toNanos()) {
                    put(input.checkpointer());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void add(KinesisClientRecord record) throws IOException {
            if (records == 0) {
                openedNanos = System.nanoTime();
            }
            int length = record.data().remaining();
            byte[] row = new byte[length + 1];
            record.data().get(row, 0, length);
            row[length] = '\n';
            rows.write(row);
            bytes += row.length;
            records++;
            last = record;
        }

        private void put(RecordProcessorCheckpointer checkpointer) throws IOException {
            rows.close();
            String key = UUID.randomUUID() + ".gz";
            RequestBody body = RequestBody.fromBytes(object.toByteArray());
            clients.s3().putObject(r -> r.bucket(bucket).key(key).contentEncoding("gzip"), body);
            checkpoint(checkpointer);
            delivered.addAndGet(records);
            object = new ByteArrayOutputStream();
            rows = gzip(object);
            records = 0;
            bytes = 0;
        }

        private void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                if (last != null) {
                    checkpointer.checkpoint(last.sequenceNumber(), last.subSequenceNumber());
                }
            } catch (KinesisClientLibException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {
            // No stream of these benchmarks is resharded.
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            // What is not put is read again.
        }
    }
}
