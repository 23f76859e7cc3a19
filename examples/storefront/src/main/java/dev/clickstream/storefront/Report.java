package dev.clickstream.storefront;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a replay has to say at its end. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** The dashboard's three questions. */
    void queries(Dashboard dashboard) throws SQLException {
        table("Clicks by event", dashboard.byEvent());
        table("Clicks by product, the ten most clicked", dashboard.byProduct());
        table("Clicks by hour of arrival (UTC)", dashboard.byHour());
    }

    private void table(String title, Map<String, Long> rows) {
        out.println();
        out.println(title);
        if (rows.isEmpty()) {
            out.println("  none");
        }
        rows.forEach((name, count) -> out.printf(Locale.ROOT, "  %,9d  %s%n", count, name));
    }

    /** What went in, what came out, and how long it took. */
    void summary(Tally tally, long clicks, List<ObjectFolder.Delivered> objects, double[] latencies) {
        long bytes = objects.stream().mapToLong(ObjectFolder.Delivered::bytes).sum();
        out.println();
        out.println("Summary");
        line("records in", number(tally.records()));
        line("clicks", number(clicks));
        line("dropped", number(tally.droppedTotal()) + byName(tally.dropped()));
        line("failed", number(tally.failedTotal()) + byName(tally.failed()));
        line("objects", number(objects.size()));
        line("bytes", number(bytes));
        line("click to object", latencies.length == 0 ? "unknown" : quantiles(latencies));
        line("start to first object", first(objects));
    }

    private void line(String name, String value) {
        out.printf(Locale.ROOT, "  %-24s%s%n", name, value);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String byName(Map<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + number(count.getValue()))
                        .collect(Collectors.joining(", ", "  (", ")"));
    }

    private static String quantiles(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "50 %% within %.1f s, 95 %% within %.1f s",
                sorted[(sorted.length - 1) / 2],
                sorted[(int) Math.ceil(0.95 * sorted.length) - 1]);
    }

    private static String first(List<ObjectFolder.Delivered> objects) {
        return objects.stream()
                .map(ObjectFolder.Delivered::visible)
                .min(Instant::compareTo)
                .map(first -> String.format(Locale.ROOT, "%.1f s", seconds(WallClock.processStart(), first)))
                .orElse("none came");
    }

    /** Seconds from when the stream took each click to when its object was there. */
    static double[] latencies(
            Map<String, String> objectByRequest,
            Map<String, Instant> acknowledged,
            List<ObjectFolder.Delivered> objects) {
        Map<Path, Instant> visible = objects.stream()
                .collect(Collectors.toMap(ObjectFolder.Delivered::path, ObjectFolder.Delivered::visible));
        List<Double> latencies = new ArrayList<>();
        objectByRequest.forEach((request, object) -> {
            Instant taken = acknowledged.get(request);
            Instant written = visible.get(Path.of(object));
            if (taken != null && written != null) {
                latencies.add(seconds(taken, written));
            }
        });
        return latencies.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
