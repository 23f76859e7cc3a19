package dev.clickstream.smoke;

import dev.clickstream.consumer.ClickstreamWorker;
import dev.clickstream.consumer.CloseReport;
import dev.clickstream.consumer.KclCustomizer;
import dev.clickstream.consumer.WorkerHealth;
import dev.clickstream.consumer.s3.RowFormat;
import dev.clickstream.consumer.s3.S3Sink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Has a worker deliver the stream to the bucket, by fan-out, until it has what was sent. */
final class Delivery {
    static final Duration BUFFERING_INTERVAL = Duration.ofSeconds(2);
    private static final long BUFFERING_BYTES = 1 << 20;
    private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration TELL_EVERY = Duration.ofSeconds(15);

    private final Aws aws;
    private final Names names;
    private final KclCustomizer kcl;

    Delivery(Aws aws, Names names, KclCustomizer kcl) {
        this.aws = aws;
        this.names = names;
        this.kcl = kcl;
    }

    /**
     * Returns when so many records are committed and the worker is closed.
     *
     * @throws SmokeFailedException if that takes longer, or the worker cannot go on
     */
    void deliver(long records, String owner, Duration timeout, Consumer<String> progress) {
        try (ClickstreamWorker worker = worker(owner)) {
            worker.start();
            await(worker, records, timeout, progress);
            CloseReport report = worker.close(CLOSE_TIMEOUT);
            if (report.ending() != CloseReport.Ending.DELIVERED) {
                throw new SmokeFailedException("the worker did not end in order: " + report);
            }
        }
    }

    private ClickstreamWorker worker(String owner) {
        return ClickstreamWorker.builder(names.application(), names.stream())
                .kinesis(aws.kinesis())
                .dynamoDb(aws.dynamoDb())
                .cloudWatch(aws.cloudWatch())
                .sink(S3Sink.builder(aws.s3(), names.bucket())
                        .prefix(Lake.CLICKS + "!{timestamp:yyyy/MM/dd/HH}/")
                        .errorOutputPrefix(Lake.ERRORS + "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/")
                        .format(RowFormat.JSON_LINES_WITH_ORIGIN)
                        .build())
                .bufferingInterval(BUFFERING_INTERVAL)
                .bufferingSize(BUFFERING_BYTES)
                .leaseTableTags(Map.of(Names.TAG, owner))
                .kcl(kcl)
                .build();
    }

    private static void await(ClickstreamWorker worker, long records, Duration timeout, Consumer<String> progress) {
        long start = System.nanoTime();
        long told = start;
        while (worker.counts().records() < records) {
            WorkerHealth health = worker.health();
            String state = worker.counts().records() + " of " + records + " records delivered, " + health.status() + " "
                    + String.join("; ", health.reasons());
            if (health.status() == WorkerHealth.Status.DOWN) {
                throw new SmokeFailedException("the worker cannot go on: " + state);
            }
            long now = System.nanoTime();
            if (now - start > timeout.toNanos()) {
                throw new SmokeFailedException("not delivered within " + timeout.toSeconds() + " s: " + state);
            }
            if (now - told > TELL_EVERY.toNanos()) {
                told = now;
                progress.accept("  " + state);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SmokeFailedException("interrupted while the worker delivered", e);
        }
    }
}
