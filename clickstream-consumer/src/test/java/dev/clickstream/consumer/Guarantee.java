package dev.clickstream.consumer;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A promise, as an object that sees every state of a {@link ModelWorld} and throws when it is broken. */
interface Guarantee {
    /** After every write to the lease table or to a sink. */
    default void always(ModelWorld world) {}

    /** After a commit. */
    default void committed(ModelWorld world) {}

    /** When everything has calmed down. */
    default void atEnd(ModelWorld world) {}

    /** No reader ever sees a record in two objects of a sink. */
    final class EachRecordOnce implements Guarantee {
        @Override
        public void always(ModelWorld world) {
            for (ModelSink sink : world.sinks()) {
                Map<String, String> seen = new TreeMap<>();
                sink.objects()
                        .forEach((key, rows) -> rows.forEach(row -> {
                            String other = seen.put(row, key);
                            if (other != null) {
                                throw new AssertionError(
                                        "EachRecordOnce: " + row + " is in " + other + " and in " + key);
                            }
                        }));
            }
        }
    }

    /** When all is done, every record that has output is in every sink, and the whole stream is committed. */
    final class NothingLost implements Guarantee {
        @Override
        public void atEnd(ModelWorld world) {
            requireAll("NothingLost", world, world.expectedUpTo(world.lastPosition()));
            if (!world.isDone()) {
                throw new AssertionError("NothingLost: the checkpoint stays at " + world.checkpoint());
            }
        }
    }

    /** What is committed is in every sink. */
    final class CheckpointNeverPassesUndelivered implements Guarantee {
        @Override
        public void committed(ModelWorld world) {
            requireAll("CheckpointNeverPassesUndelivered", world, world.expectedUpTo(world.checkpoint()));
        }
    }

    private static void requireAll(String promise, ModelWorld world, Set<String> expected) {
        for (ModelSink sink : world.sinks()) {
            Set<String> missing = new TreeSet<>(expected);
            sink.objects().values().stream().flatMap(Collection::stream).forEach(missing::remove);
            if (!missing.isEmpty()) {
                throw new AssertionError(promise + ": " + missing + " are not in " + sink.name());
            }
        }
    }
}
