package dev.clickstream.benchmarks.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Delivers from a stream to S3, each pipeline in a process of its own against the services in this one; writes tables and
 * a picture of what that took.
 */
public final class DeliveryBenchmark {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int BURSTS = Math.min(ROUNDS, 3);
    private static final int LOG_RECORDS = 120_000;
    private static final int CLICKS = 180_000;
    private static final int BURST_CLICKS = 60_000;
    private static final int GATHERED_CLICKS = 60_000;
    private static final int LATE_CLICKS = 1_200;

    private final Throughput throughput;
    private final ClickLatency latency;
    private final OpenPrefixes prefixes;
    private final Scaling scaling;

    private DeliveryBenchmark(Services services, Path folder) {
        throughput = new Throughput(services, folder);
        latency = new ClickLatency(services, LATE_CLICKS);
        prefixes = new OpenPrefixes(services, GATHERED_CLICKS);
        scaling = new Scaling(services, BURSTS, BURST_CLICKS);
    }

    /**
     * Runs it.
     *
     * @param args the folder to write to
     * @throws IOException if the results cannot be written
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path rows = Files.createTempDirectory("delivery");
        try (Services services = new Services()) {
            DeliveryBenchmark benchmark = new DeliveryBenchmark(services, rows);
            benchmark.run();
            Path folder = Files.createDirectories(Path.of(args[0]));
            Files.writeString(folder.resolve("delivery.md"), benchmark.table());
            Files.writeString(folder.resolve("delivery.svg"), benchmark.picture());
            System.out.println(benchmark.table());
        } finally {
            new Delivered(rows).delete();
            Files.delete(rows);
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        try (throughput) {
            throughput.begin(LOG_RECORDS, CLICKS);
            for (int round = 0; round < ROUNDS; round++) {
                throughput.round();
            }
        }
        latency.run();
        prefixes.run();
        scaling.run();
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        Report.add(text, "# Delivery from a stream to S3%n%n");
        Report.add(
                text,
                "Kinesis, DynamoDB and S3 are local, in another process than the workers, and without limits of throughput."
                        + " CPU is user and system time of the worker's process, its compiler and collector included. JDK"
                        + " %s with %s, %d processors, shared. Only ratios mean something on another machine.%n%n",
                System.getProperty("java.version"),
                String.join(" ", WorkerChild.JVM),
                Runtime.getRuntime().availableProcessors());
        Report.add(text, "| what | goal | measured | |%n|---|---|---|---|%n");
        throughput.goals(text);
        latency.goals(text);
        scaling.goals(text);
        text.append('\n');
        throughput.table(text);
        latency.table(text);
        prefixes.table(text);
        scaling.table(text);
        return text.toString().stripTrailing() + "\n";
    }

    private String picture() {
        Picture picture = new Picture();
        throughput.picture(picture);
        latency.picture(picture);
        prefixes.picture(picture);
        scaling.picture(picture);
        return picture.svg();
    }
}
