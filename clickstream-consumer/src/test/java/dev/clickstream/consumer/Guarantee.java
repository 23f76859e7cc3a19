package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A promise, as an object that sees every state of a {@link ModelWorld} and throws when it is broken. */
interface Guarantee {
    /** All of them, new ones. */
    static List<Guarantee> all() {
        return List.of(
                new EachRecordOnce(),
                new NothingTakenAway(),
                new NothingLost(),
                new CheckpointNeverPassesUndelivered(),
                new CommittedStays(),
                new DecisionFirst());
    }

    /** After every write to the lease table or to a sink. */
    default void always(ModelWorld world) {}

    /** After a commit. */
    default void committed(ModelWorld world, ModelOwner owner) {}

    /** When everything has calmed down. */
    default void atEnd(ModelWorld world) {}

    /** No reader ever sees a record in two objects of a sink, as long as the configuration does not change. */
    final class EachRecordOnce implements Guarantee {
        @Override
        public void always(ModelWorld world) {
            if (world.settings().configurationChanges()) {
                return; // see CommittedStays
            }
            List<ModelSink> all = new ArrayList<>(world.sinks());
            all.add(world.deadLetters());
            for (ModelSink sink : all) {
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

    /** What a reader has seen stays, as long as the configuration does not change: less never overwrites more. */
    final class NothingTakenAway implements Guarantee {
        private final Set<String> seen = new TreeSet<>();

        @Override
        public void always(ModelWorld world) {
            if (world.settings().configurationChanges()) {
                return;
            }
            Set<String> there = new TreeSet<>();
            for (ModelSink sink : world.sinks()) {
                sink.objects().values().forEach(rows -> rows.forEach(row -> there.add(sink.name() + " " + row)));
            }
            seen.removeAll(there);
            if (!seen.isEmpty()) {
                throw new AssertionError("NothingTakenAway: " + seen + " was there");
            }
            seen.addAll(there);
        }
    }

    /** That a batch goes to the dead letters is written down before one of its objects is there. */
    final class DecisionFirst implements Guarantee {
        private int objects;

        @Override
        public void always(ModelWorld world) {
            int now = world.deadLetters().objects().size();
            BatchState pending = world.lease().pending;
            if (now > objects && (pending == null || pending.givenUp().isEmpty())) {
                throw new AssertionError("DecisionFirst: the dead letters have a batch that nobody gave up");
            }
            objects = now;
        }
    }

    /** When all is done, every record that has output is in every sink or the dead letters, and the whole stream is committed. */
    final class NothingLost implements Guarantee {
        @Override
        public void atEnd(ModelWorld world) {
            requireAll("NothingLost", world, world.expectedUpTo(world.lastPosition()));
            if (!world.isDone()) {
                throw new AssertionError("NothingLost: the checkpoint stays at " + world.checkpoint());
            }
        }
    }

    /** What is committed is in every sink, or in the dead letters. */
    final class CheckpointNeverPassesUndelivered implements Guarantee {
        @Override
        public void committed(ModelWorld world, ModelOwner owner) {
            requireAll("CheckpointNeverPassesUndelivered", world, world.expectedUpTo(world.checkpoint()));
        }
    }

    /**
     * Once committed, a record is where the committing owner's configuration puts it, there only, and stays there,
     * whoever wakes up later. Of what the stream has trimmed less may be there, but it stays too.
     */
    final class CommittedStays implements Guarantee {
        private final Map<String, String> places = new TreeMap<>();
        private int committed;

        @Override
        public void committed(ModelWorld world, ModelOwner owner) {
            Position end = requireNonNull(world.checkpoint());
            for (; committed < world.stream().size(); committed++) {
                StreamRecord record = world.stream().get(committed);
                if (Position.of(record).compareTo(end) > 0) {
                    break;
                }
                String row = new String(record.data(), StandardCharsets.UTF_8);
                String expected = owner.configuration().place(record);
                for (ModelSink sink : world.sinks()) {
                    String place = place(sink, row);
                    boolean asExpected = expected == null ? place.isEmpty() : place.endsWith(expected);
                    asExpected |=
                            place.isEmpty() && !place(world.deadLetters(), row).isEmpty();
                    if (!asExpected && !world.settings().mayTrim()) {
                        throw new AssertionError("CommittedStays: " + row + " is committed for " + expected
                                + ", and it is in " + sink.name() + " at " + place);
                    }
                    places.put(sink.name() + " " + row, place);
                }
            }
            always(world);
        }

        @Override
        public void always(ModelWorld world) {
            for (StreamRecord record : world.stream().subList(0, committed)) {
                String row = new String(record.data(), StandardCharsets.UTF_8);
                for (ModelSink sink : world.sinks()) {
                    String was = places.get(sink.name() + " " + row);
                    String is = place(sink, row);
                    if (!is.equals(was)) {
                        throw new AssertionError(
                                "CommittedStays: " + row + " was in " + sink.name() + " at " + was + ", now at " + is);
                    }
                }
            }
        }

        private static String place(ModelSink sink, String row) {
            return sink.objects().entrySet().stream()
                    .filter(object -> object.getValue().contains(row))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.joining(" and "));
        }
    }

    private static void requireAll(String promise, ModelWorld world, Set<String> expected) {
        for (ModelSink sink : world.sinks()) {
            Set<String> missing = new TreeSet<>(expected);
            sink.objects().values().stream().flatMap(Collection::stream).forEach(missing::remove);
            world.deadLetters().objects().values().stream()
                    .flatMap(Collection::stream)
                    .forEach(missing::remove);
            if (!missing.isEmpty()) {
                throw new AssertionError(promise + ": " + missing + " are not in " + sink.name());
            }
        }
    }
}
