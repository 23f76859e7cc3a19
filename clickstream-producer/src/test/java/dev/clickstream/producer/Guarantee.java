package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.producer.HostileShards.Seen;
import dev.clickstream.producer.SendFailedException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a producer promises, each promise an object that looks at a whole run. */
interface Guarantee {

    /** All of them. */
    static List<Guarantee> all() {
        return List.of(
                new NothingLost(),
                new NothingTwiceWithoutALostAnswer(),
                new OrderPerKey(),
                new EveryFutureEnds(),
                new MemoryBounded());
    }

    /** After each step of a run. */
    default void during(Observed run) {}

    /** When everything has ended and landed. */
    void after(Observed run);

    /** What was told delivered is there for a reader, in the record that the receipt names; what was told failed is not. */
    final class NothingLost implements Guarantee {
        @Override
        public void after(Observed run) {
            for (Observed.Reading reading : run.readings()) {
                Set<Long> there = new HashSet<>();
                reading.events().forEach(e -> there.add(e.sequence()));
                for (long sequence = 1; sequence <= run.accepted(); sequence++) {
                    Reason reason = run.reasons().get(sequence);
                    if (reason != Reason.IN_DOUBT) {
                        assertThat(there.contains(sequence))
                                .as("%d, %s, is there %s", sequence, reason, reading.how())
                                .isEqualTo(reason == null);
                    }
                }
            }
            for (long sequence = 1; sequence <= run.accepted(); sequence++) {
                assertThat(run.reasons().containsKey(sequence) || run.isWhereItWasTold(sequence))
                        .as("%d is in the record that its receipt names", sequence)
                        .isTrue();
            }
        }
    }

    /** A reader gets an event twice only if an answer about it was lost or late. */
    final class NothingTwiceWithoutALostAnswer implements Guarantee {
        @Override
        public void after(Observed run) {
            for (Observed.Reading reading : run.readings()) {
                Set<Long> seen = new HashSet<>();
                for (Seen event : reading.events()) {
                    assertThat(seen.add(event.sequence()) || reading.mayRepeat().contains(event.sequence()))
                            .as("%d was seen once %s", event.sequence(), reading.how())
                            .isTrue();
                }
            }
        }
    }

    /**
     * What a reader sees first of each event of a key is in the order of sending. Only past an event in doubt others
     * may go that were sent after its sender was told.
     */
    final class OrderPerKey implements Guarantee {
        @Override
        public void after(Observed run) {
            if (run.isOrdered()) {
                run.readings().forEach(reading -> check(reading, run));
            }
        }

        private static void check(Observed.Reading reading, Observed run) {
            Map<String, List<Long>> firstSeen = new HashMap<>();
            Set<Long> seen = new HashSet<>();
            for (Seen event : reading.events()) {
                if (seen.add(event.sequence())) {
                    firstSeen
                            .computeIfAbsent(event.key(), k -> new ArrayList<>())
                            .add(event.sequence());
                }
            }
            firstSeen.values().forEach(order -> check(order, reading.how(), run));
        }

        private static void check(List<Long> order, String how, Observed run) {
            for (int i = 1; i < order.size(); i++) {
                long later = order.get(i);
                long before = Collections.max(order.subList(0, i));
                boolean told = run.reasons().get(later) == Reason.IN_DOUBT
                        && order.subList(0, i).stream().allMatch(s -> s < later || s > run.toldAt(later));
                assertThat(before < later || told)
                        .as("%d was seen after %d %s", later, before, how)
                        .isTrue();
            }
        }
    }

    /** No future stays open, and the report counts each event once. */
    final class EveryFutureEnds implements Guarantee {
        @Override
        public void after(Observed run) {
            assertThat(run.ended()).isEqualTo(run.accepted());
            DeliveryReport report = run.report();
            assertThat(report.delivered() + report.failed() + report.inDoubt() + report.abandoned())
                    .isEqualTo(run.accepted());
            assertThat(report.inDoubt())
                    .isEqualTo(run.reasons().values().stream()
                            .filter(r -> r == Reason.IN_DOUBT)
                            .count());
        }
    }

    /** Never more memory than the bound, and in the end none. */
    final class MemoryBounded implements Guarantee {
        @Override
        public void during(Observed run) {
            assertThat(run.memoryUsed()).isBetween(run.bytesOpen(), run.memoryBound());
        }

        @Override
        public void after(Observed run) {
            assertThat(run.memoryUsed()).isZero();
            assertThat(run.mostBytesOnTheirWay()).isLessThanOrEqualTo(run.mostBytesAllowedOnTheirWay());
        }
    }
}
