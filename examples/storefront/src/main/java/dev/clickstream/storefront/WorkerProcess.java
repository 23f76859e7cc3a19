package dev.clickstream.storefront;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.local.aws.LocalClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One worker as a process of its own, on local AWS in another. It runs until its standard input ends and then stops in
 * order; so it also ends with the process that started it.
 */
public final class WorkerProcess {

    /** How long a successor with another configuration waits. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    private WorkerProcess() {}

    /** What of the generated shop's requests is an event. */
    enum Events {
        /** Each: a record without a row could be lost and nobody would see it. */
        EVERY_REQUEST,
        /** Clicks, by the default rules. */
        CLICKS,
        /** The same, without those of bots. */
        CLICKS_WITHOUT_BOTS;

        private ClickRules rules() {
            return this == EVERY_REQUEST
                    ? ClickRules.parse("{\"rules\": [{\"event_name\": \"request\"}]}")
                    : ClickRules.queryParameters();
        }

        private BotPolicy bots() {
            return this == CLICKS_WITHOUT_BOTS ? BotPolicy.DROP : BotPolicy.KEEP;
        }
    }

    /**
     * Where a worker finds what it needs.
     *
     * @param kinesis endpoint
     * @param dynamoDb endpoint
     * @param s3 endpoint
     */
    record Endpoints(URI kinesis, URI dynamoDb, URI s3) {}

    /**
     * What it is to do.
     *
     * @param id among the application's workers
     * @param events what is delivered
     * @param bufferingInterval how long a record waits for others
     * @param prefix what keys of rows begin with, before the hour
     */
    record Task(String id, Events events, Duration bufferingInterval, String prefix) {}

    /**
     * Runs a worker.
     *
     * @param args the endpoints of Kinesis, DynamoDB and S3, the worker's id, what is an event, the buffering interval in
     *     milliseconds, and the prefix of objects
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        Events events = Events.valueOf(args[4]);
        Workers.Job job = new Workers.Job(
                Replay.APPLICATION,
                Replay.STREAM,
                Replay.BUCKET,
                RealTimeLogFormat.of(GeneratedShop.FIELDS),
                events.rules(),
                events.bots(),
                Duration.ofMillis(Long.parseLong(args[5])),
                args[6],
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
    static Process start(Endpoints aws, Task task, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProcess.class.getName()));
        command.addAll(List.of(
                aws.kinesis().toString(),
                aws.dynamoDb().toString(),
                aws.s3().toString(),
                task.id(),
                task.events().name(),
                Long.toString(task.bufferingInterval().toMillis()),
                task.prefix()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
