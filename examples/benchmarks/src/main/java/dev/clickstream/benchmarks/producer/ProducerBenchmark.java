package dev.clickstream.benchmarks.producer;

import dev.clickstream.local.kinesis.LocalKinesis;
import dev.clickstream.local.kinesis.ThroughputLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Runs the peers in turn, round after round, each in a process of its own against the endpoint in this one; reads back
 * after each what is in the stream and in which order; writes a table and a picture.
 */
public final class ProducerBenchmark {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int EVENTS = Integer.getInteger("events", 200_000);
    private static final int SHARDS = 8;

    private record Result(double wall, double cpu, int events, int outOfOrder) {}

    private final Map<Peer, List<Result>> results = new EnumMap<>(Peer.class);
    private int streams;

    private ProducerBenchmark() {}

    /**
     * Runs it.
     *
     * @param args the folder to write to
     * @throws IOException if the results cannot be written
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        ProducerBenchmark benchmark = new ProducerBenchmark();
        try (LocalKinesis kinesis = LocalKinesis.builder()
                        .tls()
                        .throughputLimits(ThroughputLimits.OFF)
                        .start();
                KinesisAsyncClient client = client(kinesis.endpoint())) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Peer peer : Peer.values()) {
                    Result result = benchmark.run(peer, kinesis, client);
                    System.out.println(peer + " " + result);
                    benchmark
                            .results
                            .computeIfAbsent(peer, p -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("producer.md"), benchmark.table());
        Files.writeString(folder.resolve("producer.svg"), benchmark.picture());
        System.out.println(benchmark.table());
        System.exit(0);
    }

    private Result run(Peer peer, LocalKinesis kinesis, KinesisAsyncClient client)
            throws IOException, InterruptedException {
        String warm = create(client);
        String stream = create(client);
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProducerRun.class.getName(),
                        peer.name(),
                        kinesis.tlsEndpoint().toString(),
                        warm,
                        stream,
                        Integer.toString(EVENTS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String[] words = output.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(peer + " has not ended well: " + output))
                .split(" ", -1);
        ReadBack back = ReadBack.of(client, stream);
        client.deleteStream(d -> d.streamName(warm)).join();
        client.deleteStream(d -> d.streamName(stream)).join();
        return new Result(Double.parseDouble(words[1]), Double.parseDouble(words[2]), back.events(), back.outOfOrder());
    }

    private String create(KinesisAsyncClient client) {
        String name = "clicks-" + ++streams;
        client.createStream(c -> c.streamName(name).shardCount(SHARDS)).join();
        client.waiter().waitUntilStreamExists(d -> d.streamName(name)).join();
        return name;
    }

    private static KinesisAsyncClient client(URI endpoint) {
        return KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build();
    }

    /** Of the rounds, the one in the middle. */
    private double perCpuSecond(Peer peer) {
        return perCpuSecond(peer, 0.5);
    }

    private double perCpuSecond(Peer peer, double quantile) {
        List<Double> values = results.getOrDefault(peer, List.of()).stream()
                .map(result -> EVENTS / result.cpu())
                .sorted()
                .toList();
        return values.get((int) Math.round((values.size() - 1) * quantile));
    }

    private String table() {
        StringBuilder table = new StringBuilder();
        add(table, "# Producers, side by side%n%n");
        add(
                table,
                "%d rounds of %d events of 300 bytes to %d shards, after four times as many to warm up; over TLS to the local"
                        + " endpoint, which is another process and sets no limits of throughput. One sending thread, JDK"
                        + " %s, %d processors. ",
                ROUNDS,
                EVENTS,
                SHARDS,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        add(
                table,
                "CPU is user and system time of the whole process tree, the KPL's native child included. All encode the same event to JSON. KPL 1.1.1: aggregation on,"
                        + " no limit of rate. Loop: PutRecords of 500 records, four at a time. Only ratios mean something"
                        + " on another machine.%n%n");
        add(
                table,
                "| producer | events per CPU second, median | least to most | events per second | events missing | out of"
                        + " order |%n|---|---|---|---|---|---|%n");
        for (Peer peer : Peer.values()) {
            List<Result> runs = results.getOrDefault(peer, List.of());
            add(
                    table,
                    "| %s | %,.0f | %,.0f to %,.0f | %,.0f | %d | %d |%n",
                    peer.name().toLowerCase(Locale.ROOT),
                    perCpuSecond(peer),
                    perCpuSecond(peer, 0),
                    perCpuSecond(peer, 1),
                    runs.stream().mapToDouble(r -> EVENTS / r.wall()).sorted().toArray()[runs.size() / 2],
                    runs.stream().mapToInt(r -> EVENTS - r.events()).sum(),
                    runs.stream().mapToInt(Result::outOfOrder).sum());
        }
        add(table, "%n| events per CPU second | goal | ratio |%n|---|---|---|%n");
        add(table, "| ours against the KPL | 3 | %.2f |%n", perCpuSecond(Peer.OURS) / perCpuSecond(Peer.KPL));
        add(table, "| ours against the loop | 20 | %.2f |%n", perCpuSecond(Peer.OURS) / perCpuSecond(Peer.LOOP));
        return table.toString();
    }

    private String picture() {
        StringBuilder svg = new StringBuilder();
        add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"130\"");
        add(svg, " font-family=\"sans-serif\" font-size=\"12\">%n");
        add(svg, "<text x=\"10\" y=\"18\">events per CPU second, median</text>%n");
        int y = 30;
        for (Peer peer : Peer.values()) {
            double width = perCpuSecond(peer) / perCpuSecond(Peer.OURS) * 440;
            add(svg, "<text x=\"10\" y=\"%d\">%s</text>", y + 14, peer.name().toLowerCase(Locale.ROOT));
            add(svg, "<rect x=\"60\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"#4878a8\"/>", y, width);
            add(svg, "<text x=\"%.1f\" y=\"%d\">%,.0f</text>%n", 66 + width, y + 14, perCpuSecond(peer));
            y += 30;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
    }
}
