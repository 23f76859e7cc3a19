package dev.clickstream.delivery;

import dev.clickstream.consumer.ClickstreamWorker;
import dev.clickstream.consumer.CloseReport;
import dev.clickstream.consumer.WorkerHealth;
import dev.clickstream.consumer.s3.S3Sink;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.kinesis.metrics.NullMetricsFactory;

/**
 * Delivers a stream to S3 as a configuration file says, until it is told to stop.
 *
 * <p>Exit codes: 0 after SIGTERM or SIGINT when all that was read is delivered and committed; 1 when the worker cannot go
 * on; 2 when the configuration is wrong; 3 when the stop took longer than it may, and what was not committed is
 * delivered by the next worker.
 */
public final class Main {
    private static final String USAGE =
            "delivery-worker CONFIGURATION.json   (settings: examples/delivery-worker/README.md;"
                    + " each may be overridden by an environment variable CLICKSTREAM_<SETTING>)\n"
                    + "delivery-worker audit ...   (looks at what was delivered; audit --help says more)";

    private static final int CANNOT_GO_ON = 1;
    private static final int WRONG_CONFIGURATION = 2;
    private static final int NOT_IN_TIME = 3;

    private Main() {}

    /**
     * Runs a worker, or an audit of what workers delivered.
     *
     * @param args the configuration file; or {@code audit} and what it wants
     */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(AuditCommand.NAME)) {
            System.exit(AuditCommand.run(List.of(args).subList(1, args.length), System.out, System.err));
        }
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        if (args.length != 1) {
            System.err.println("delivery-worker: one configuration file is wanted; "
                    + USAGE.lines().findFirst().orElse(""));
            System.exit(WRONG_CONFIGURATION);
        }
        Settings settings;
        S3Sink.Builder sink;
        AwsClients aws;
        try {
            ConfigurationFile file = ConfigurationFile.read(Path.of(args[0]), System.getenv());
            settings = Settings.of(file);
            aws = new AwsClients(settings.aws());
            sink = sink(file, settings.output(), aws);
        } catch (SdkClientException e) {
            System.err.println("delivery-worker: region: it is not set, and the AWS SDK finds none");
            System.exit(WRONG_CONFIGURATION);
            return;
        } catch (RuntimeException e) {
            System.err.println("delivery-worker: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            System.exit(WRONG_CONFIGURATION);
            return;
        }
        run(settings, aws, sink.build());
    }

    /** What the sink refuses is told with the setting's name. */
    private static S3Sink.Builder sink(ConfigurationFile file, Settings.Output output, AwsClients aws) {
        S3Sink.Builder sink = S3Sink.builder(aws.s3(), output.bucket())
                .customTimeZone(output.timeZone())
                .compressionFormat(output.compression())
                .format(output.format());
        sink = file.made("file_extension", output.fileExtension(), sink::fileExtension)
                .prefix(output.prefix());
        if (output.errorOutputPrefix() != null) {
            sink.errorOutputPrefix(output.errorOutputPrefix());
        }
        S3Sink.Builder checked = sink;
        S3Sink unused = file.made("prefix", "", text -> checked.build());
        return sink;
    }

    private static void run(Settings settings, AwsClients aws, S3Sink sink) {
        ClickstreamWorker worker = ClickstreamWorker.builder(settings.application(), settings.stream())
                .kinesis(aws.kinesis())
                .dynamoDb(aws.dynamoDb())
                .cloudWatch(aws.cloudWatch())
                .transform(settings.transform())
                .sink(sink)
                .bufferingSize(settings.bufferingSizeBytes())
                .bufferingInterval(settings.bufferingInterval())
                .initialPosition(settings.initialPosition())
                .workerId(settings.workerId())
                .retrieval(settings.retrieval())
                .kcl(kcl -> kcl.metrics().metricsFactory(new NullMetricsFactory()))
                .build();
        HealthServer health;
        try {
            health = new HealthServer(settings.healthHost(), settings.healthPort(), worker::health, worker::counts);
        } catch (RuntimeException e) {
            System.err.println("delivery-worker: " + e.getMessage());
            System.exit(WRONG_CONFIGURATION);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, health, settings), "stop"));
        worker.start();
        System.out.println("Delivering " + settings.stream() + "; health: http://" + settings.healthHost() + ":"
                + health.port() + "/health");
        awaitDown(worker);
        System.err.println("delivery-worker: the worker cannot go on: "
                + String.join("; ", worker.health().reasons()));
        Runtime.getRuntime().halt(CANNOT_GO_ON);
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
