package dev.clickstream.storefront;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.local.aws.LocalClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One worker as a process of its own, on local AWS in another. It runs until its standard input ends and then stops in
 * order; so it also ends with the process that started it.
 */
public final class WorkerProcess {

    /** How long a successor with another configuration waits. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    private WorkerProcess() {}

    /**
     * Where a worker finds what it needs.
     *
     * @param kinesis endpoint
     * @param dynamoDb endpoint
     * @param s3 endpoint
     */
    record Endpoints(URI kinesis, URI dynamoDb, URI s3) {}

    /**
     * Runs a worker; of the requests of the generated shop each is an event.
     *
     * @param args the endpoints of Kinesis, DynamoDB and S3, the worker's id, the buffering interval in milliseconds,
     *     and the prefix of objects
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        Workers.Job job = new Workers.Job(
                Replay.APPLICATION,
                Replay.STREAM,
                Replay.BUCKET,
                RealTimeLogFormat.of(GeneratedShop.FIELDS),
                ClickRules.parse("{\"rules\": [{\"event_name\": \"request\"}]}"),
                BotPolicy.KEEP,
                Duration.ofMillis(Long.parseLong(args[4])),
                args[5],
                ATTEMPT_TIMEOUT);
        try (LocalClients clients = LocalClients.of(URI.create(args[0]), URI.create(args[1]), URI.create(args[2]));
                Workers workers = Workers.start(clients, job, List.of(args[3]))) {
            while (System.in.read() >= 0) {
                // Nothing is expected but the end.
            }
            System.out.println(workers.stop());
        }
        // KCL may leave threads behind.
        System.exit(0);
    }

    /** Starts one in a small JVM of its own, with the class path of this one. */
    static Process start(Endpoints aws, String workerId, Duration bufferingInterval, String prefix, Path log)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        aws.kinesis().toString(),
                        aws.dynamoDb().toString(),
                        aws.s3().toString(),
                        workerId,
                        Long.toString(bufferingInterval.toMillis()),
                        prefix)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
