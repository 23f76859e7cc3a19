package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Settings of a {@link ClickstreamWorker}. Not thread-safe. */
public final class WorkerBuilder {
    private static final long MAX_BUFFERING_BYTES = 128L * 1024 * 1024;

    private final String applicationName;
    private final String streamName;
    private final List<Sink> sinks = new ArrayList<>();
    private @Nullable KinesisAsyncClient kinesis;
    private @Nullable DynamoDbAsyncClient dynamoDb;
    private @Nullable CloudWatchAsyncClient cloudWatch;
    private @Nullable MeterRegistry meterRegistry;
    private Transform transform = Transform.passThrough();
    private int transformConcurrency = 1;
    private LateCopies lateCopies = LateCopies.KEEP;
    private @Nullable Sink sourceBackup;
    private long bufferingSizeBytes = 5L * 1024 * 1024;
    private Duration bufferingInterval = Duration.ofMinutes(5);
    private long maxBufferedBytes = 256L * 1024 * 1024;
    private int maxOpenPrefixes = 500;
    private RetryPolicy retry = RetryPolicy.forever();
    private FailurePolicy failurePolicy = FailurePolicy.retry();
    private String workerId = UUID.randomUUID().toString();
    private InitialPosition initialPosition = InitialPosition.trimHorizon();
    private RetrievalMode retrieval = RetrievalMode.FAN_OUT;
    private String leaseTableName;
    private BillingMode leaseTableBilling = BillingMode.PAY_PER_REQUEST;
    private Map<String, String> leaseTableTags = Map.of();
    private int maxLeasesForWorker = Integer.MAX_VALUE;
    private Duration failoverTime = Duration.ofSeconds(10);
    private KclCustomizer kcl = KclCustomizer.NONE;

    WorkerBuilder(String applicationName, String streamName) {
        this.applicationName = SettingChecks.name("applicationName", applicationName);
        this.streamName = SettingChecks.name("streamName", streamName);
        this.leaseTableName = this.applicationName;
    }

    /**
     * The client that reads the stream. Required.
     *
     * @param client the caller's
     * @return this builder
     */
    public WorkerBuilder kinesis(KinesisAsyncClient client) {
        this.kinesis = requireNonNull(client, "client");
        return this;
    }

    /**
     * The client for KCL's lease table. Required.
     *
     * @param client the caller's
     * @return this builder
     */
    public WorkerBuilder dynamoDb(DynamoDbAsyncClient client) {
        this.dynamoDb = requireNonNull(client, "client");
        return this;
    }

    /**
     * The client for KCL's own metrics. Required, as KCL requires it, even where no metrics are sent.
     *
     * @param client the caller's
     * @return this builder
     */
    public WorkerBuilder cloudWatch(CloudWatchAsyncClient client) {
        this.cloudWatch = requireNonNull(client, "client");
        return this;
    }

    /**
     * What makes rows of records. Default: each record is a row.
     *
     * @param transform thread-safe, and a pure function of the record
     * @return this builder
     */
    public WorkerBuilder transform(Transform transform) {
        this.transform = requireNonNull(transform, "transform");
        return this;
    }

    /**
     * How many threads transform the records of one shard, its own included; rows stay in the records' order. Worth it
     * for a transform that takes long or waits. Default: 1. Shards are processed side by side in any case.
     *
     * @param threads 1 to 64
     * @return this builder
     */
    public WorkerBuilder transformConcurrency(int threads) {
        SettingChecks.require(threads >= 1 && threads <= 64, "transformConcurrency", "1 to 64", threads);
        this.transformConcurrency = threads;
        return this;
    }

    /**
     * What becomes of late copies: after a lost answer a producer may have written an event twice. Default:
     * {@link LateCopies#KEEP}.
     *
     * @param lateCopies by the numbers that our producer gives to events
     * @return this builder
     */
    public WorkerBuilder lateCopies(LateCopies lateCopies) {
        this.lateCopies = requireNonNull(lateCopies, "lateCopies");
        return this;
    }

    /**
     * Where all records go as they came, untransformed, beside what the transform makes of them: Firehose's source
     * record backup. A batch is done when this has it, too. A {@link FailurePolicy#deadLetter} does not replace it:
     * while it refuses a batch, the shard waits. Default: nowhere.
     *
     * @param sink thread-safe; an S3 sink needs a prefix or bucket of its own
     * @return this builder
     */
    public WorkerBuilder sourceBackup(Sink sink) {
        this.sourceBackup = requireNonNull(sink, "sink");
        return this;
    }

    /**
     * Where batches go; called again, one more place. A batch is done when all have it. At least one is required.
     *
     * @param sink thread-safe
     * @return this builder
     */
    public WorkerBuilder sink(Sink sink) {
        this.sinks.add(requireNonNull(sink, "sink"));
        return this;
    }

    /**
     * How large a batch of a shard grows before it is delivered. Default: 5 MiB, as Firehose's. The record that
     * reaches it is still part of the batch, and so is the rest of its aggregate.
     *
     * @param bytes of rows before compression; 1 byte to 128 MiB
     * @return this builder
     */
    public WorkerBuilder bufferingSize(long bytes) {
        SettingChecks.require(
                bytes >= 1 && bytes <= MAX_BUFFERING_BYTES,
                "bufferingSize",
                "1 to " + MAX_BUFFERING_BYTES + " bytes",
                bytes);
        this.bufferingSizeBytes = bytes;
        return this;
    }

    /**
     * How long the first record of a batch waits before the batch is delivered. Default: 300 seconds, as
     * Firehose's.
     *
     * @param interval 0 to 900 seconds; 0 delivers what each read returns
     * @return this builder
     */
    public WorkerBuilder bufferingInterval(Duration interval) {
        boolean inRange = !interval.isNegative() && interval.compareTo(Duration.ofMinutes(15)) <= 0;
        SettingChecks.require(inRange, "bufferingInterval", "0 to 900 seconds", interval);
        this.bufferingInterval = interval;
        return this;
    }

    /**
     * How much all shards of this worker may hold in memory for their sinks, compressed where a sink compresses.
     * From three quarters of it on the shard that holds most delivers early; over it a shard that would take more
     * delivers first, and KCL reads no further meanwhile. Nothing is refused, objects are smaller. What KCL has read
     * ahead comes on top. Default: 256 MiB.
     *
     * @param bytes at least 1 MiB
     * @return this builder
     */
    public WorkerBuilder maxBufferedBytes(long bytes) {
        SettingChecks.require(bytes >= 1024 * 1024, "maxBufferedBytes", "at least 1048576", bytes);
        this.maxBufferedBytes = bytes;
        return this;
    }

    /**
     * How many objects all shards of this worker may be filling at a time: one for each sink and prefix of a batch.
     * What happens then is as for {@link #maxBufferedBytes}. Default: 500, as Firehose's active partitions.
     *
     * @param prefixes at least 1
     * @return this builder
     */
    public WorkerBuilder maxOpenPrefixes(int prefixes) {
        SettingChecks.require(prefixes >= 1, "maxOpenPrefixes", "at least 1", prefixes);
        this.maxOpenPrefixes = prefixes;
        return this;
    }

    /**
     * How long to wait before something that failed is tried again. Default: {@link RetryPolicy#forever()}.
     *
     * @param retry the waits
     * @return this builder
     */
    public WorkerBuilder retry(RetryPolicy retry) {
        this.retry = requireNonNull(retry, "retry");
        return this;
    }

    /**
     * What becomes of a batch that a sink goes on to refuse. Default: {@link FailurePolicy#retry()}.
     *
     * @param policy for all sinks
     * @return this builder
     */
    public WorkerBuilder failurePolicy(FailurePolicy policy) {
        this.failurePolicy = requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Who this worker is among those of the application. Default: a random UUID.
     *
     * @param workerId never that of another worker that runs
     * @return this builder
     */
    public WorkerBuilder workerId(String workerId) {
        this.workerId = requireNonNull(workerId, "workerId");
        return this;
    }

    /**
     * Where an application that has never read the stream begins. Default:
     * {@link InitialPosition#trimHorizon()}.
     *
     * @param position taken by the application's first worker only
     * @return this builder
     */
    public WorkerBuilder initialPosition(InitialPosition position) {
        this.initialPosition = requireNonNull(position, "position");
        return this;
    }

    /**
     * How the stream is read. Default: {@link RetrievalMode#FAN_OUT}, as KCL's.
     *
     * @param retrieval either
     * @return this builder
     */
    public WorkerBuilder retrieval(RetrievalMode retrieval) {
        this.retrieval = requireNonNull(retrieval, "retrieval");
        return this;
    }

    /**
     * The DynamoDB table where leases, checkpoints and the starting position are; KCL makes it when it is not there.
     * Default: the application's name.
     *
     * @param name never that of another application's
     * @return this builder
     */
    public WorkerBuilder leaseTableName(String name) {
        this.leaseTableName = SettingChecks.name("leaseTableName", name);
        return this;
    }

    /**
     * How AWS bills a lease table that KCL makes. Default: {@link BillingMode#PAY_PER_REQUEST}, as KCL's.
     *
     * @param billing either
     * @return this builder
     */
    public WorkerBuilder leaseTableBillingMode(BillingMode billing) {
        this.leaseTableBilling = requireNonNull(billing, "billing");
        return this;
    }

    /**
     * Tags of a lease table that KCL makes. Default: none.
     *
     * @param tags names and values
     * @return this builder
     */
    public WorkerBuilder leaseTableTags(Map<String, String> tags) {
        this.leaseTableTags = Map.copyOf(tags);
        return this;
    }

    /**
     * How many shards this worker takes at most. Shards that no worker may take are not read, so that all workers
     * together must be allowed all of them, also when one is gone and while the stream is resharded. Default: any
     * number, as KCL's.
     *
     * @param leases at least 1
     * @return this builder
     */
    public WorkerBuilder maxLeasesForWorker(int leases) {
        SettingChecks.require(leases >= 1, "maxLeasesForWorker", "at least 1", leases);
        this.maxLeasesForWorker = leases;
        return this;
    }

    /**
     * How long a worker may be silent before others take its shards; it writes to each of its leases three times in
     * that. Shorter means more writes, and that a pause of the JVM moves shards. Default: 10 seconds, as KCL's.
     *
     * @param time 1 second to 5 minutes; the same in all workers
     * @return this builder
     */
    public WorkerBuilder failoverTime(Duration time) {
        boolean inRange = time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(Duration.ofMinutes(5)) <= 0;
        SettingChecks.require(inRange, "failoverTime", "1 to 300 seconds", time);
        this.failoverTime = time;
        return this;
    }

    /**
     * A hook to all of KCL's own settings. Default: nothing is changed.
     *
     * @param customizer called for each scheduler that is made
     * @return this builder
     */
    public WorkerBuilder kcl(KclCustomizer customizer) {
        this.kcl = requireNonNull(customizer, "customizer");
        return this;
    }

    /**
     * Where meters named {@code clickstream.consumer.…} are registered. Default: nowhere.
     *
     * @param registry the caller's
     * @return this builder
     */
    public WorkerBuilder meterRegistry(MeterRegistry registry) {
        this.meterRegistry = requireNonNull(registry, "registry");
        return this;
    }

    /**
     * Makes the worker; {@link ClickstreamWorker#start()} starts it.
     *
     * @return a new one
     * @throws IllegalStateException when a client or the sink is missing, or two sinks write to the same place
     */
    public ClickstreamWorker build() {
        if (sinks.isEmpty()) {
            throw new IllegalStateException("A worker needs a sink");
        }
        Destinations destinations = new Destinations(sinks, sourceBackup, failurePolicy);
        destinations.requirePlacesOfTheirOwn();
        ExecutorService transformThreads = Executors.newCachedThreadPool(PipelineTimer.daemon("transform"));
        PipelineSettings pipeline = new PipelineSettings(
                applicationName,
                streamName,
                new BatchCutter(bufferingSizeBytes, bufferingInterval),
                new Processing(transform, transformConcurrency, transformThreads, lateCopies),
                destinations,
                retry,
                new Buffers(maxBufferedBytes, maxOpenPrefixes));
        return new ClickstreamWorker(kclSettings(), pipeline, transformThreads, meterRegistry);
    }

    private KclSettings kclSettings() {
        return new KclSettings(
                applicationName,
                streamName,
                workerId,
                required("kinesis", kinesis),
                required("dynamoDb", dynamoDb),
                required("cloudWatch", cloudWatch),
                retrieval,
                new KclSettings.LeaseTable(leaseTableName, leaseTableBilling, leaseTableTags),
                new KclSettings.Sharing(maxLeasesForWorker, failoverTime),
                initialPosition,
                kcl);
    }

    private static <C> C required(String what, @Nullable C client) {
        if (client == null) {
            throw new IllegalStateException("A worker needs a client: " + what);
        }
        return client;
    }
}
