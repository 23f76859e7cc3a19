package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All guarantees, in runs against a hostile stream; each run comes whole from its seed. */
class GuaranteesTest {

    /** {@code -Dclickstream.seeds=}: how many. {@code -Dclickstream.seed=}: from which, as a failure has printed it. */
    private static final int SEEDS = Integer.getInteger("clickstream.seeds", 60);

    private static final long FIRST_SEED = Long.getLong("clickstream.seed", System.nanoTime());

    private final List<Guarantee> guarantees = Guarantee.all();

    /** What is in a record. */
    enum Content {
        AGGREGATE,
        EVENT,
        UNORDERED_EVENT,
        LINES;

        boolean isOrdered() {
            return this == AGGREGATE || this == EVENT;
        }

        Order order() {
            return this == UNORDERED_EVENT ? Order.UNORDERED : Order.BY_KEY;
        }
    }

    @ParameterizedTest
    @EnumSource
    void guarantees_againstAHostileStream_hold(Content content) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                new Run(seed, content).play(guarantees);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("with -Dclickstream.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** One run: events of few keys at random times, then silence until everything has ended and landed. */
    static final class Run implements Observed {
        final HostileStream stream;
        final Workbench bench;
        final List<Pending> accepted = new ArrayList<>();
        private final Map<Long, SendFailedException.Reason> reasons = new HashMap<>();
        private final Map<Long, Long> toldAt = new HashMap<>();

        final Content content;
        final long memory;
        private final Random random;
        private final long start;
        private List<Reading> readings = List.of();
        private long bytesOpen;

        Run(long seed, Content content) {
            this.content = content;
            random = new Random(seed);
            stream = new HostileStream(random, content);
            memory = random.nextBoolean() ? 32 << 10 : 256 << 10;
            boolean aggregation = content == Content.AGGREGATE || content == Content.LINES;
            bench = new Workbench(stream, memory, seed, Workbench.settings(aggregation, content.order()));
            start = bench.time.nanos();
        }

        void play(List<Guarantee> guarantees) {
            int keys = 1 + random.nextInt(20);
            int events = random.nextInt(300);
            for (int i = 0; i < events; i++) {
                send("key-" + random.nextInt(keys));
                if (random.nextInt(50) == 0) {
                    var unused = bench.barriers.flush();
                }
                pass(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 1_000 : 20)), guarantees);
            }
            if (random.nextInt(4) == 0) {
                bench.loop.abandon();
            }
            pass(Duration.ofSeconds(30), guarantees);
            readings = readAll();
            guarantees.forEach(g -> g.after(this));
        }

        private List<Reading> readAll() {
            Set<Long> unclear = HostileShards.sequences(stream.unclear);
            Set<Long> unclearOrStraddling = new HashSet<>(unclear);
            stream.shards.straddling().forEach(event -> unclearOrStraddling.add(event.sequence()));
            return List.of(
                    new Reading("by KCL", stream.shards.read(), unclear),
                    new Reading("raw", stream.shards.readRaw(), unclearOrStraddling));
        }

        @Override
        public List<Reading> readings() {
            return readings;
        }

        @Override
        public boolean isOrdered() {
            return content.isOrdered();
        }

        @Override
        public long accepted() {
            return accepted.size();
        }

        @Override
        public long ended() {
            return accepted.stream().filter(event -> event.future().isDone()).count();
        }

        @Override
        public Map<Long, SendFailedException.Reason> reasons() {
            return reasons;
        }

        @Override
        public long toldAt(long sequence) {
            return toldAt.get(sequence);
        }

        @Override
        public boolean isWhereItWasTold(long sequence) {
            return true;
        }

        @Override
        public DeliveryReport report() {
            return bench.outcomes.report();
        }

        @Override
        public long bytesOpen() {
            return bytesOpen;
        }

        @Override
        public long memoryUsed() {
            return bench.memory.used();
        }

        @Override
        public long memoryBound() {
            return memory;
        }

        @Override
        public long mostBytesOnTheirWay() {
            return stream.mostBytesOnTheirWay;
        }

        @Override
        public long mostBytesAllowedOnTheirWay() {
            ProducerSettings settings = Workbench.settings(true, content.order());
            int largest = Math.max(settings.maxBatchBytes(), stream.limits().maxRecordBytes());
            return (long) settings.maxRequestsInFlight() * largest;
        }

        private void send(String key) {
            try {
                int filler = random.nextInt(30) == 0 ? random.nextInt(7_500) : random.nextInt(50);
                Pending event = bench.accept(ClickEvent.builder("click")
                        .userPseudoId(key)
                        .property("filler", "x".repeat(filler))
                        .build());
                accepted.add(event);
                bytesOpen += event.sizeBytes();
                var unused = event.future().whenComplete((receipt, error) -> {
                    bytesOpen -= event.sizeBytes();
                    if (error != null) {
                        reasons.put(event.sequence(), ((SendFailedException) error).reason());
                        toldAt.put(
                                event.sequence(),
                                accepted.get(accepted.size() - 1).sequence());
                    }
                });
            } catch (SendFailedException e) {
                bench.outcomes.refused(e);
            }
        }

        private void pass(Duration duration, List<Guarantee> guarantees) {
            long end = bench.time.nanos() + duration.toNanos();
            while (true) {
                stream.advanceTo(bench.time.nanos() - start);
                long wait = bench.loop.runOnce();
                guarantees.forEach(g -> g.during(this));
                long left = end - bench.time.nanos();
                if (left <= 0 && wait > 0) {
                    return;
                }
                long step = Math.min(wait, Duration.ofMillis(10).toNanos());
                bench.time.advance(Math.max(0, Math.min(step, left)));
            }
        }
    }
}
