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

    /** After each step of a run. */
    default void during(GuaranteesTest.Run run) {}

    /** When everything has ended and landed. */
    void after(GuaranteesTest.Run run);

    /** What was told delivered is there for a reader; what was told failed is not. */
    final class NothingLost implements Guarantee {
        @Override
        public void after(GuaranteesTest.Run run) {
            Set<Long> there = new HashSet<>();
            run.read().forEach(e -> there.add(e.sequence()));
            for (Pending event : run.accepted) {
                Reason reason = run.reasons.get(event.sequence());
                if (reason == null) {
                    assertThat(there).as("delivered").contains(event.sequence());
                } else if (reason != Reason.IN_DOUBT) {
                    assertThat(there).as(reason.name()).doesNotContain(event.sequence());
                }
            }
        }
    }

    /** A reader gets an event twice only if an answer about it was lost or late. */
    final class NothingTwiceWithoutALostAnswer implements Guarantee {
        @Override
        public void after(GuaranteesTest.Run run) {
            Set<Long> unclear = HostileShards.sequences(run.stream.unclear);
            Set<Long> seen = new HashSet<>();
            for (Seen event : run.read()) {
                assertThat(seen.add(event.sequence()) || unclear.contains(event.sequence()))
                        .as("%d was seen once", event.sequence())
                        .isTrue();
            }
        }
    }

    /**
     * What a reader sees first of each event of a key is in the order of sending. Only past an event in doubt others
     * may go that were sent after its sender was told.
     */
    final class OrderPerKey implements Guarantee {
        @Override
        public void after(GuaranteesTest.Run run) {
            Map<String, List<Long>> firstSeen = new HashMap<>();
            Set<Long> seen = new HashSet<>();
            for (Seen event : run.read()) {
                if (seen.add(event.sequence())) {
                    firstSeen
                            .computeIfAbsent(event.key(), k -> new ArrayList<>())
                            .add(event.sequence());
                }
            }
            if (run.content.isOrdered()) {
                firstSeen.values().forEach(order -> check(order, run));
            }
        }

        private static void check(List<Long> order, GuaranteesTest.Run run) {
            for (int i = 1; i < order.size(); i++) {
                long later = order.get(i);
                long before = Collections.max(order.subList(0, i));
                boolean told = run.reasons.get(later) == Reason.IN_DOUBT
                        && order.subList(0, i).stream().allMatch(s -> s < later || s > run.toldAt.get(later));
                assertThat(before < later || told)
                        .as("%d was seen after %d", later, before)
                        .isTrue();
            }
        }
    }

    /** No future stays open, and the report counts each event once. */
    final class EveryFutureEnds implements Guarantee {
        @Override
        public void after(GuaranteesTest.Run run) {
            assertThat(run.accepted).allMatch(e -> e.future().isDone());
            DeliveryReport report = run.bench.outcomes.report();
            assertThat(report.delivered() + report.failed() + report.inDoubt() + report.abandoned())
                    .isEqualTo(run.accepted.size());
            assertThat(report.inDoubt())
                    .isEqualTo(run.reasons.values().stream()
                            .filter(r -> r == Reason.IN_DOUBT)
                            .count());
        }
    }

    /** Never more memory than the bound, and in the end none. */
    final class MemoryBounded implements Guarantee {
        @Override
        public void during(GuaranteesTest.Run run) {
            assertThat(run.bench.memory.used()).isBetween(0L, run.memory);
        }

        @Override
        public void after(GuaranteesTest.Run run) {
            assertThat(run.bench.memory.used()).isZero();
            ProducerSettings settings = Workbench.settings(true);
            assertThat(run.stream.mostBytesOnTheirWay)
                    .isLessThanOrEqualTo((long) settings.maxRequestsInFlight() * settings.maxBatchBytes());
        }
    }
}
