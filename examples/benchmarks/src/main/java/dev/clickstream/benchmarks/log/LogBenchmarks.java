package dev.clickstream.benchmarks.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all side by side, round after round, each in a JVM of its own, and writes medians, the least and ratios as a table
 * and as a picture.
 */
public final class LogBenchmarks {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private final Map<String, List<Double>> nanos = new LinkedHashMap<>();
    private final Map<String, Double> allocated = new LinkedHashMap<>();

    private LogBenchmarks() {}

    /**
     * Runs them.
     *
     * @param args the folder to write to
     * @throws RunnerException if one fails
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        LogBenchmarks all = new LogBenchmarks();
        for (int round = 0; round < ROUNDS; round++) {
            all.round();
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("log.md"), all.table());
        Files.writeString(folder.resolve("log.svg"), all.picture());
        System.out.println(all.table());
    }

    private void round() throws RunnerException {
        var options = new OptionsBuilder()
                .include(ReadingBenchmark.class.getName())
                .include(JsonBenchmark.class.getName())
                .forks(1)
                .warmupIterations(6)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(20)
                .measurementTime(TimeValue.milliseconds(100))
                .jvmArgsAppend("-Drecords=" + System.getProperty("records", ""), "-Xmx512m")
                .addProfiler(GCProfiler.class)
                .build();
        for (RunResult result : new Runner(options).run()) {
            String parameter = result.getParams().getParam("text");
            String name = result.getPrimaryResult().getLabel() + (parameter == null ? "" : " " + parameter);
            List<Double> slices = nanos.computeIfAbsent(name, key -> new ArrayList<>());
            result.getBenchmarkResults().forEach(fork -> fork.getIterationResults()
                    .forEach(slice -> slices.add(slice.getPrimaryResult().getScore())));
            result.getSecondaryResults().forEach((label, value) -> {
                if (label.endsWith("gc.alloc.rate.norm")) {
                    allocated.put(name, value.getScore());
                }
            });
        }
    }

    private double median(String name) {
        List<Double> values = new ArrayList<>(nanos.getOrDefault(name, List.of()));
        Collections.sort(values);
        return values.isEmpty() ? Double.NaN : values.get(values.size() / 2);
    }

    private double least(String name) {
        return nanos.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.NaN);
    }

    private String table() {
        LogRecords log = new LogRecords();
        log.load();
        StringBuilder table = new StringBuilder();
        String source = System.getProperty("records", "").isEmpty()
                ? "drawn from a seed"
                : "of " + Path.of(System.getProperty("records")).getFileName();
        add(table, "# Reading the log and writing events, beside peers%n%n");
        add(
                table,
                "%d rounds, one JVM for each benchmark and round, on JDK %s with %d processors. ",
                ROUNDS,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        add(
                table,
                "Records: %d of 45 fields, %s, %d bytes on average. ",
                log.records.length,
                source,
                log.bytes / log.records.length);
        add(table, "FastCSV 4.1.0 set to tabs; Jackson's ObjectMapper with a writer made once. ");
        add(
                table,
                "Figures are of slices of 100 ms. The least is what it takes when nobody else wants the processor; "
                        + "only ratios mean something on another machine.%n%n");
        add(
                table,
                "| benchmark | ns/record, median | least | GB/s at the least | bytes allocated |%n|---|---|---|---|---|%n");
        nanos.forEach((name, values) -> {
            boolean reads = !name.contains(" ");
            String speed = reads ? format("%.2f", (double) log.bytes / log.records.length / least(name)) : "";
            add(
                    table,
                    "| %s | %.0f | %.0f | %s | %.0f |%n",
                    name,
                    median(name),
                    Collections.min(values),
                    speed,
                    allocated.getOrDefault(name, Double.NaN));
        });
        add(table, "%n| ratio | goal | of medians | of the least |%n|---|---|---|---|%n");
        ratio(table, "five of 45, checked and decoded, against FastCSV", "5", "fastCsv", "fiveOf45");
        ratio(table, "five of 45, decoded, against FastCSV", "5", "fastCsv", "fiveOf45Unchecked");
        ratio(table, "five of 45, checked and decoded, against split", "", "split", "fiveOf45");
        ratio(table, "the index against the counting loop", "at most 1.5", "index", "countTabs");
        ratio(table, "JSON against ObjectMapper, ASCII", "2", "objectMapper ascii", "ours ascii");
        ratio(table, "JSON against ObjectMapper, Persian", "2", "objectMapper persian", "ours persian");
        return table.toString();
    }

    private void ratio(StringBuilder table, String what, String goal, String above, String below) {
        add(
                table,
                "| %s | %s | %.2f | %.2f |%n",
                what,
                goal,
                median(above) / median(below),
                least(above) / least(below));
    }

    private String picture() {
        StringBuilder svg = new StringBuilder();
        double most = nanos.keySet().stream().mapToDouble(this::least).max().orElse(1);
        add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\"", nanos.size() * 26 + 40);
        add(
                svg,
                " font-family=\"sans-serif\" font-size=\"12\">%n<text x=\"10\" y=\"18\">ns per record, least</text>%n");
        int y = 30;
        for (String name : nanos.keySet()) {
            double width = least(name) / most * 480;
            add(svg, "<text x=\"10\" y=\"%d\">%s</text>", y + 14, name);
            add(svg, "<rect x=\"180\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"#4878a8\"/>", y, width);
            add(svg, "<text x=\"%.1f\" y=\"%d\">%.0f</text>%n", 186 + width, y + 14, least(name));
            y += 26;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(format(format.replace("%n", "\n"), values));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
