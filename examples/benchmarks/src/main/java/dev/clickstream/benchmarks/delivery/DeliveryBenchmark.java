package dev.clickstream.benchmarks.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Delivers from a stream to S3, each pipeline in a process of its own against the services in this one; writes tables and
 * a picture of what that took.
 */
public final class DeliveryBenchmark {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int BURSTS = Math.min(ROUNDS, 3);
    private static final int LOG_RECORDS = 60_000;
    private static final int CLICKS = 90_000;
    private static final int BURST_CLICKS = 40_000;
    private static final int GATHERED_CLICKS = 60_000;
    private static final int LATE_CLICKS = 1_200;

    private final List<Part> done = new ArrayList<>();
    private final Path results;

    private DeliveryBenchmark(Path results) {
        this.results = results;
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
            new DeliveryBenchmark(Files.createDirectories(Path.of(args[0])))
                    .run(List.of(
                            new Throughput(services, rows, ROUNDS, LOG_RECORDS, CLICKS),
                            new ClickLatency(services, LATE_CLICKS),
                            new OpenPrefixes(services, GATHERED_CLICKS),
                            new Scaling(services, BURSTS, BURST_CLICKS)));
        } finally {
            new Delivered(rows).delete();
            Files.delete(rows);
        }
        System.exit(0);
    }

    /** What is known is written after each: the next may take minutes. */
    private void run(List<Part> parts) throws IOException, InterruptedException {
        for (Part part : parts) {
            part.run();
            done.add(part);
            Files.writeString(results.resolve("delivery.md"), table());
            Files.writeString(results.resolve("delivery.svg"), picture());
        }
        System.out.println(table());
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
        done.forEach(part -> part.goals(text));
        text.append('\n');
        done.forEach(part -> part.table(text));
        return text.toString().stripTrailing() + "\n";
    }

    private String picture() {
        Picture picture = new Picture();
        done.forEach(part -> part.picture(picture));
        return picture.svg();
    }
}
