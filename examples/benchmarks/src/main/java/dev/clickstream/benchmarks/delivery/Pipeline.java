package dev.clickstream.benchmarks.delivery;

import dev.clickstream.consumer.ClickstreamWorker;
import dev.clickstream.consumer.KclConfigs;
import dev.clickstream.consumer.Outcome;
import dev.clickstream.consumer.RetrievalMode;
import dev.clickstream.consumer.StreamRecord;
import dev.clickstream.consumer.Transform;
import dev.clickstream.consumer.WorkerBuilder;
import dev.clickstream.consumer.s3.Compression;
import dev.clickstream.consumer.s3.RowFormat;
import dev.clickstream.consumer.s3.S3Sink;
import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import software.amazon.kinesis.leases.LeaseAssignmentStrategy;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.TaskExecutionListener;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** What reads a stream and delivers to S3. Of KCL all have the same settings. */
enum Pipeline {

    /** Ours: the records as they are. */
    AS_IS_GZIP {
        @Override
        Running open(LocalClients clients, Task task, TaskExecutionListener listener) {
            return backlog(clients, task, listener, RowFormat.AS_IS, Compression.GZIP);
        }
    },

    /** Ours: the records as JSON lines. */
    JSON_LINES_GZIP {
        @Override
        Running open(LocalClients clients, Task task, TaskExecutionListener listener) {
            return backlog(clients, task, listener, RowFormat.JSON_LINES, Compression.GZIP);
        }
    },

    /** Ours: the records as they are, in another compression. */
    AS_IS_ZSTANDARD {
        @Override
        Running open(LocalClients clients, Task task, TaskExecutionListener listener) {
            return backlog(clients, task, listener, RowFormat.AS_IS, Compression.ZSTANDARD);
        }
    },

    /** What one writes first: at least once. */
    PLAIN_KCL {
        @Override
        Running open(LocalClients clients, Task task, TaskExecutionListener listener) {
            return new PlainKcl(clients, task, listener);
        }
    },

    /** Ours with a second of buffering, read by enhanced fan-out, which is the worker's default. */
    ONE_SECOND {
        @Override
        Running open(LocalClients clients, Task task, TaskExecutionListener listener) {
            WorkerBuilder worker = worker(clients, task, RowFormat.AS_IS, Compression.GZIP)
                    .bufferingInterval(Duration.ofSeconds(1))
                    .kcl(kcl -> quicken(kcl, listener));
            return running(worker);
        }
    },

    /** The same, read by polling as KCL does it by default. */
    ONE_SECOND_POLLING {
        @Override
        Running open(LocalClients clients, Task task, TaskExecutionListener listener) {
            WorkerBuilder worker = worker(clients, task, RowFormat.AS_IS, Compression.GZIP)
                    .retrieval(RetrievalMode.POLLING)
                    .bufferingInterval(Duration.ofSeconds(1))
                    .kcl(kcl -> quicken(kcl, listener));
            return running(worker);
        }
    },

    /** Ours: rows spread over prefixes, as many as the system property {@code prefixes} says, and none is delivered. */
    OPEN_PREFIXES {
        @Override
        Running open(LocalClients clients, Task task, TaskExecutionListener listener) {
            SitePrefixes sites = new SitePrefixes(Integer.getInteger("prefixes", 1));
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            ClickstreamWorker worker = ClickstreamWorker.builder(task.application(), task.stream())
                    .kinesis(clients.kinesis())
                    .dynamoDb(clients.dynamoDb())
                    .cloudWatch(clients.cloudWatch())
                    .transform(sites)
                    .sink(S3Sink.builder(clients.s3(), task.bucket())
                            .prefix("site=!{partitionKeyFromLambda:site}/")
                            .errorOutputPrefix("errors/")
                            .build())
                    .bufferingSize(128L << 20)
                    .bufferingInterval(Duration.ofMinutes(15))
                    .maxOpenPrefixes(10_000)
                    .meterRegistry(meters)
                    .kcl(kcl -> poll(kcl, clients, task, listener))
                    .build()
                    .start();
            return new Running() {
                @Override
                public long records() {
                    return sites.taken.sum();
                }

                @Override
                public long openPrefixes() {
                    return (long) meters.get("clickstream.sink.open.partitions")
                            .gauge()
                            .value();
                }

                @Override
                public void close() {
                    worker.close();
                }
            };
        }
    };

    /** Firehose's default. */
    static final long BUFFERING_BYTES = 5L << 20;

    /** What is left of a backlog is delivered after this. */
    static final Duration BUFFERING_INTERVAL = Duration.ofSeconds(2);

    static final int BUFFER_BYTES = 8192;

    /** KCL's default. */
    private static final long FAILOVER_MILLIS = 10_000;

    /**
     * What a process is to do.
     *
     * @param application KCL's
     * @param workerId of this process
     */
    record Task(String application, String workerId, String stream, String bucket) {}

    /** One that runs. */
    interface Running extends AutoCloseable {

        /** How many records are delivered and committed; of {@link #OPEN_PREFIXES}, how many were taken. */
        long records();

        default long openPrefixes() {
            return 0;
        }

        @Override
        void close();
    }

    abstract Running open(LocalClients clients, Task task, TaskExecutionListener listener);

    private static Running backlog(
            LocalClients clients,
            Task task,
            TaskExecutionListener listener,
            RowFormat format,
            Compression compression) {
        return running(worker(clients, task, format, compression)
                .bufferingSize(BUFFERING_BYTES)
                .bufferingInterval(BUFFERING_INTERVAL)
                .kcl(kcl -> poll(kcl, clients, task, listener)));
    }

    private static WorkerBuilder worker(LocalClients clients, Task task, RowFormat format, Compression compression) {
        return ClickstreamWorker.builder(task.application(), task.stream())
                .kinesis(clients.kinesis())
                .dynamoDb(clients.dynamoDb())
                .cloudWatch(clients.cloudWatch())
                .workerId(task.workerId())
                .sink(S3Sink.builder(clients.s3(), task.bucket())
                        .format(format)
                        .compressionFormat(compression)
                        .build());
    }

    private static Running running(WorkerBuilder builder) {
        ClickstreamWorker worker = builder.build().start();
        LongSupplier records = () -> worker.counts().records();
        return new Running() {
            @Override
            public long records() {
                return records.getAsLong();
            }

            @Override
            public void close() {
                worker.close();
            }
        };
    }

    private static void poll(KclConfigs kcl, LocalClients clients, Task task, TaskExecutionListener listener) {
        quicken(kcl, listener);
        kcl.retrieval().retrievalSpecificConfig(QuickKcl.quicken(new PollingConfig(task.stream(), clients.kinesis())));
    }

    private static void quicken(KclConfigs kcl, TaskExecutionListener listener) {
        QuickKcl.quicken(kcl.coordinator());
        leases(kcl.leaseManagement());
        QuickKcl.quicken(kcl.lifecycle()).taskExecutionListener(listener);
        QuickKcl.quicken(kcl.metrics());
    }

    /** Assigned quickly and evenly, and renewed as KCL does it by default: nobody fails here. */
    static LeaseManagementConfig leases(LeaseManagementConfig config) {
        return QuickKcl.quicken(config)
                .failoverTimeMillis(FAILOVER_MILLIS)
                .leaseAssignmentStrategy(LeaseAssignmentStrategy.LEASE_COUNT_BASED);
    }

    /** Gives each record one of so many sites, by its bytes. */
    private static final class SitePrefixes implements Transform {

        private final int sites;
        private final LongAdder taken = new LongAdder();

        SitePrefixes(int sites) {
            this.sites = sites;
        }

        @Override
        public List<Outcome> apply(StreamRecord record) {
            taken.increment();
            int site = Math.floorMod(Arrays.hashCode(record.data()), sites);
            return List.of(new Outcome.Ok(record.data(), Map.of("site", Integer.toString(site))));
        }
    }
}
