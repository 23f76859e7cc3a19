package dev.clickstream.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * S3 in small: rows of a batch go to an object for each hour, created and not replaced unless they differ, as
 * {@code S3Sink} does it. Each object is a step at which something may happen; a write that wakes up when its window is
 * over has no effect any more.
 */
final class ModelSink {
    private final String name;
    private final Naming naming;
    private final Map<String, List<String>> objects = new TreeMap<>();
    private final Map<String, byte[]> manifests = new HashMap<>();

    ModelSink(String name, Naming naming) {
        this.name = name;
        this.naming = naming;
    }

    /** The name of an object. */
    @FunctionalInterface
    interface Naming {
        String of(BatchId id, Instant firstArrival, String place);
    }

    /** Names that follow from the batch. */
    static ModelSink named(String name) {
        return new ModelSink(name, (id, firstArrival, place) -> id + "/" + firstArrival + "/" + place);
    }

    /** Names so long that no checkpoint holds a manifest of two. */
    static ModelSink namedAtLength(String name) {
        return new ModelSink(name, (id, firstArrival, place) -> id + "/" + "x".repeat(400) + "/" + place);
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
    Sink of(ModelWorld world, ModelOwner owner, ModelConfiguration configuration) {
        return new Sink() {
            @Override
            public SinkBuffer open(BatchId id, Instant firstArrival) {
                return new Buffer(world, owner, place -> naming.of(id, firstArrival, configuration.prefix() + place));
            }

            @Override
            public void deliver(Batch batch) {
                throw new IllegalStateException("a batch comes through its buffer");
            }

            @Override
            public void remove(String uri, WriteWindow window) {
                Duration unused = window.left();
                world.step(owner, () -> "remove " + name + " " + uri, () -> {
                    if (isOpen(window)) {
                        objects.remove(uri);
                    }
                });
            }

            @Override
            public ManifestStore manifestStore() {
                return new Store(world, owner);
            }

            @Override
            public String configuration() {
                return name + configuration.prefix();
            }

            @Override
            public Duration writeBound() {
                return Duration.ofSeconds(10);
            }
        };
    }

    private static boolean isOpen(WriteWindow window) {
        try {
            return !window.left().isZero();
        } catch (WriteWindow.WindowClosedException e) {
            return false;
        }
    }

    private void put(String key, List<String> rows, Batch.Content content) {
        List<String> there = objects.get(key);
        if (there == null || (!there.equals(rows) && !keeps(there, rows, content))) {
            objects.put(key, rows);
        }
    }

    private static boolean keeps(List<String> there, List<String> rows, Batch.Content content) {
        return content == Batch.Content.DIFFERENT && there.size() >= rows.size();
    }

    /** Where a row lies within a prefix. */
    @FunctionalInterface
    private interface Place {
        String key(String place);
    }

    private final class Buffer implements SinkBuffer {
        private final ModelWorld world;
        private final ModelOwner owner;
        private final Place place;
        private final Map<String, List<String>> left = new TreeMap<>();

        Buffer(ModelWorld world, ModelOwner owner, Place place) {
            this.world = world;
            this.owner = owner;
            this.place = place;
        }

        @Override
        public void add(Row row) {
            add(row.arrival().getEpochSecond() / 3600 + "h", row.data());
        }

        @Override
        public void add(FailedRecord failed) {
            add("failed", failed.data());
        }

        private void add(String where, byte[] row) {
            left.computeIfAbsent(place.key(where), key -> new ArrayList<>())
                    .add(new String(row, StandardCharsets.UTF_8));
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public int objects() {
            return left.size();
        }

        @Override
        public List<ManifestEntry> seal() {
            return left.entrySet().stream()
                    .map(object -> new ManifestEntry(
                            object.getKey(),
                            Integer.toHexString(object.getValue().hashCode())))
                    .toList();
        }

        @Override
        public void deliver(Batch.Content content, WriteWindow window) {
            for (String key : List.copyOf(left.keySet())) {
                List<String> rows = left.get(key);
                Duration unused = window.left();
                world.step(owner, () -> "put " + name + " " + key + rows, () -> {
                    if (isOpen(window)) {
                        put(key, rows, content);
                    }
                });
                unused = window.left(); // a call that took longer has failed
                left.remove(key);
            }
        }
    }

    private final class Store implements ManifestStore {
        private final ModelWorld world;
        private final ModelOwner owner;

        Store(ModelWorld world, ModelOwner owner) {
            this.world = world;
            this.owner = owner;
        }

        @Override
        public String write(byte[] content) {
            String uri = "m/" + new String(content, StandardCharsets.UTF_8).hashCode();
            world.step(owner, () -> "write manifest " + uri, () -> manifests.put(uri, content));
            return uri;
        }

        @Override
        public byte[] read(String uri) {
            world.step(owner, () -> "read manifest " + uri, () -> {});
            return manifests.get(uri);
        }

        @Override
        public void delete(String uri) {
            world.step(owner, () -> "delete manifest " + uri, () -> manifests.remove(uri));
        }
    }
}
