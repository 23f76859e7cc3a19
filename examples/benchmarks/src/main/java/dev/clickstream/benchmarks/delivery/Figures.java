package dev.clickstream.benchmarks.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of one kind, and what is said of them. Not thread-safe. */
final class Figures {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return quantile(0.5);
    }

    double quantile(double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.round((sorted.size() - 1) * share));
    }

    int count() {
        return values.size();
    }

    /** Median, and least to most, times a factor. */
    String cells(String format, double factor) {
        return String.format(
                Locale.ROOT,
                format + " | " + format + " to " + format,
                median() * factor,
                quantile(0) * factor,
                quantile(1) * factor);
    }
}
