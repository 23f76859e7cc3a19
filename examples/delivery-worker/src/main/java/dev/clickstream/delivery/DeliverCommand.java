package dev.clickstream.delivery;

import dev.clickstream.consumer.ClickstreamWorker;
import dev.clickstream.consumer.CloseReport;
import dev.clickstream.consumer.WorkerBuilder;
import dev.clickstream.consumer.WorkerHealth;
import dev.clickstream.consumer.s3.S3Sink;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.kinesis.metrics.NullMetricsFactory;

/** Delivers a stream, until the process is told to stop. */
final class DeliverCommand {
    private static final int CANNOT_GO_ON = 1;
    private static final int WRONG_CONFIGURATION = 2;
    private static final int NOT_IN_TIME = 3;

    private DeliverCommand() {}

    /** Gives the exit code, if it comes back: a stop ends the process. */
    static int run(String path, Map<String, String> environment) {
        Settings settings;
        ClickstreamWorker worker;
        HealthServer health;
        try {
            ConfigurationFile file = ConfigurationFile.read(Path.of(path), environment);
            settings = Settings.of(file);
            worker = worker(settings, file, AwsClients.of(settings.aws()));
            health = new HealthServer(settings.healthHost(), settings.healthPort(), worker::health, worker::counts);
        } catch (RuntimeException e) {
            System.err.println("delivery-worker: " + ConfigurationException.line(e));
            return WRONG_CONFIGURATION;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, health, settings), "stop"));
        worker.start();
        System.out.println("Delivering " + settings.stream() + "; health: http://" + settings.healthHost() + ":"
                + health.port() + "/health");
        awaitDown(worker);
        System.err.println("delivery-worker: the worker cannot go on: "
                + String.join("; ", worker.health().reasons()));
        Runtime.getRuntime().halt(CANNOT_GO_ON);
        return CANNOT_GO_ON;
    }

    private static ClickstreamWorker worker(Settings settings, ConfigurationFile file, AwsClients aws) {
        Sinks sinks = new Sinks(file, settings.output(), aws.s3());
        Settings.Buffering buffering = settings.buffering();
        WorkerBuilder worker = ClickstreamWorker.builder(settings.application(), settings.stream())
                .kinesis(aws.kinesis())
                .dynamoDb(aws.dynamoDb())
                .cloudWatch(aws.cloudWatch())
                .transform(settings.transform())
                .transformConcurrency(settings.transformConcurrency())
                .lateCopies(settings.lateCopies())
                .sink(sinks.rows())
                .failurePolicy(sinks.failurePolicy(settings.refusals()))
                .bufferingSize(buffering.sizeBytes())
                .bufferingInterval(buffering.interval())
                .maxBufferedBytes(buffering.maxBufferedBytes())
                .maxOpenPrefixes(buffering.maxOpenPrefixes())
                .initialPosition(settings.initialPosition())
                .workerId(settings.sharing().workerId())
                .maxLeasesForWorker(settings.sharing().maxLeases())
                .failoverTime(settings.sharing().failoverTime())
                .retrieval(settings.retrieval())
                .leaseTableName(settings.leaseTable().name())
                .leaseTableTags(settings.leaseTable().tags())
                .kcl(kcl -> kcl.metrics().metricsFactory(new NullMetricsFactory()));
        S3Sink backup = sinks.backup();
        if (backup != null) {
            worker.sourceBackup(backup);
        }
        return worker.build();
    }

    private static void awaitDown(ClickstreamWorker worker) {
        try {
            while (worker.health().status() != WorkerHealth.Status.DOWN) {
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs when the process is asked to end. */
    private static void stop(ClickstreamWorker worker, HealthServer health, Settings settings) {
        CloseReport report = worker.close(settings.stopTimeout());
        health.close();
        System.out.println(report);
        System.out.flush();
        // The JVM would exit with the signal's number otherwise.
        Runtime.getRuntime().halt(report.ending() == CloseReport.Ending.DELIVERED ? 0 : NOT_IN_TIME);
    }
}
