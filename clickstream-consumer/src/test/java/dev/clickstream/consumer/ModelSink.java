package dev.clickstream.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * S3 in small: rows of a batch go to an object for each hour, created and not replaced unless they differ, as
 * {@code S3Sink} does it. Each object is a step at which something may happen.
 */
final class ModelSink {
    private final String name;
    private final BiFunction<Batch, Integer, String> naming;
    private final Map<String, List<String>> objects = new TreeMap<>();

    ModelSink(String name, BiFunction<Batch, Integer, String> naming) {
        this.name = name;
        this.naming = naming;
    }

    /** Names that follow from the batch. */
    static ModelSink named(String name) {
        return new ModelSink(name, (batch, hour) -> batch.id() + "/" + batch.firstArrival() + "/" + hour);
    }

    /** The same with nothing in it. */
    ModelSink emptied() {
        return new ModelSink(name, naming);
    }

    String name() {
        return name;
    }

    /** The rows of every object. */
    Map<String, List<String>> objects() {
        return Collections.unmodifiableMap(objects);
    }

    /** As one owner's sink. */
    Sink of(ModelWorld world, ModelOwner owner) {
        return new Sink() {
            @Override
            public void deliver(Batch batch) {
                byHour(batch).forEach((hour, rows) -> {
                    String key = naming.apply(batch, hour);
                    world.step(owner, () -> "put " + name + " " + key + rows, () -> put(key, rows, batch.content()));
                });
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration writeBound() {
                return Duration.ZERO;
            }
        };
    }

    private void put(String key, List<String> rows, Batch.Content content) {
        List<String> there = objects.get(key);
        if (there == null || (!there.equals(rows) && !keeps(there, rows, content))) {
            objects.put(key, rows);
        }
    }

    private static boolean keeps(List<String> there, List<String> rows, Batch.Content content) {
        return content == Batch.Content.DIFFERENT && there.size() > rows.size();
    }

    private static Map<Integer, List<String>> byHour(Batch batch) {
        Map<Integer, List<String>> hours = new LinkedHashMap<>();
        for (Row row : batch.rows()) {
            int hour = (int) (row.arrival().getEpochSecond() / 3600);
            hours.computeIfAbsent(hour, h -> new ArrayList<>()).add(new String(row.data(), StandardCharsets.UTF_8));
        }
        for (FailedRecord failed : batch.failures()) {
            hours.computeIfAbsent(-1, h -> new ArrayList<>()).add(new String(failed.data(), StandardCharsets.UTF_8));
        }
        return hours;
    }
}
