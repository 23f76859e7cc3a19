package dev.clickstream.benchmarks.producer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What came of all trials, in their order; of the rounds of one kind, medians. Not thread-safe. */
final class Results {

    private final Map<Trial, List<Result>> byKind = new LinkedHashMap<>();

    void add(Trial trial, Result result) {
        byKind.computeIfAbsent(trial.kind(), kind -> new ArrayList<>()).add(result);
    }

    List<Trial> kinds() {
        return List.copyOf(byKind.keySet());
    }

    List<Result> of(Trial trial) {
        return byKind.getOrDefault(trial.kind(), List.of());
    }

    double quantile(Trial trial, double quantile, ToDoubleFunction<Result> value) {
        double[] values = of(trial).stream().mapToDouble(value).sorted().toArray();
        return values.length == 0 ? Double.NaN : values[(int) Math.round((values.length - 1) * quantile)];
    }

    double median(Trial trial, ToDoubleFunction<Result> value) {
        return quantile(trial, 0.5, value);
    }

    double perCpuSecond(Trial trial) {
        return trial.events() / median(trial, Result::cpu);
    }

    double perSecond(Trial trial) {
        return trial.events() / median(trial, Result::wall);
    }
}
