package dev.clickstream.storefront;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.consumer.ClickstreamWorker;
import dev.clickstream.consumer.CloudFrontClicks;
import dev.clickstream.consumer.KclConfigs;
import dev.clickstream.consumer.OutcomeCounts;
import dev.clickstream.consumer.RetryPolicy;
import dev.clickstream.consumer.s3.RowFormat;
import dev.clickstream.consumer.s3.S3Sink;
import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** The library's workers, wired for local AWS. Thread-safe. */
final class Workers implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final long BUFFERING_BYTES = 4L * 1024 * 1024;

    /** Whoever sees S3 come back does not want to wait for twenty seconds. */
    private static final RetryPolicy RETRY = new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(2));

    /** Stands in for a secret; nothing of a local run needs one. */
    private static final String SALT = "local";

    private final List<ClickstreamWorker> workers = new ArrayList<>();

    private Workers() {}

    /**
     * What they read, and how.
     *
     * @param format of the log's lines; events in JSON may stand between them
     * @param rules what a click is
     * @param bots whether requests of bots are clicks
     * @param bufferingInterval how long a record waits for others before it is delivered
     * @param prefix what keys of rows begin with, before the hour
     * @param attemptTimeout how long a call to S3 may take
     */
    record Job(
            String applicationName,
            String streamName,
            String bucket,
            RealTimeLogFormat format,
            ClickRules rules,
            BotPolicy bots,
            Duration bufferingInterval,
            String prefix,
            Duration attemptTimeout) {}

    /** Starts one worker for each id, all of one application. */
    static Workers start(LocalClients clients, Job job, List<String> workerIds) {
        Workers started = new Workers();
        for (String workerId : workerIds) {
            started.workers.add(worker(clients, job, workerId).start());
        }
        return started;
    }

    private static ClickstreamWorker worker(LocalClients clients, Job job, String workerId) {
        return ClickstreamWorker.builder(job.applicationName(), job.streamName())
                .kinesis(clients.kinesis())
                .dynamoDb(clients.dynamoDb())
                .cloudWatch(clients.cloudWatch())
                .transform(new StreamClicks(new CloudFrontClicks(job.format(), job.rules(), job.bots(), SALT)))
                .sink(S3Sink.builder(clients.s3(), job.bucket())
                        .prefix(job.prefix() + "!{timestamp:yyyy/MM/dd/HH}/")
                        .errorOutputPrefix("errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/")
                        .format(RowFormat.JSON_LINES_WITH_ORIGIN)
                        .attemptTimeout(job.attemptTimeout())
                        .build())
                .bufferingSize(BUFFERING_BYTES)
                .bufferingInterval(job.bufferingInterval())
                .retry(RETRY)
                .workerId(workerId)
                .kcl(kcl -> quicken(kcl, clients, job.streamName()))
                .build();
    }

    private static void quicken(KclConfigs kcl, LocalClients clients, String streamName) {
        QuickKcl.quicken(kcl.coordinator());
        QuickKcl.quicken(kcl.leaseManagement());
        QuickKcl.quicken(kcl.lifecycle());
        QuickKcl.quicken(kcl.metrics());
        kcl.retrieval().retrievalSpecificConfig(QuickKcl.quicken(new PollingConfig(streamName, clients.kinesis())));
    }

    /** What they have committed. */
    Tally tally() {
        Tally tally = Tally.NOTHING;
        for (ClickstreamWorker worker : workers) {
            OutcomeCounts counts = worker.counts();
            tally = tally.plus(new Tally(counts.records(), counts.ok(), counts.dropped(), counts.failed()));
        }
        return tally;
    }

    /** Why they are not healthy; empty if they are. */
    List<String> complaints() {
        return workers.stream()
                .flatMap(worker -> worker.health().reasons().stream())
                .distinct()
                .toList();
    }

    /** Closes them and counts what they have committed. Again is harmless. */
    Tally stop() {
        return stop(CLOSE_TIMEOUT);
    }

    /** As {@link #stop()}, in at most about this time. */
    Tally stop(Duration timeout) {
        CompletableFuture<?>[] closing = workers.stream()
                .map(worker -> CompletableFuture.runAsync(() -> worker.close(timeout)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closing).join();
        return tally();
    }

    @Override
    public void close() {
        stop();
    }
}
