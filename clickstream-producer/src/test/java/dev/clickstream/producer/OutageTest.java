package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.producer.HostileShards.Seen;
import dev.clickstream.producer.SendFailedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream, or one shard of it, that is gone for ten minutes of the test's own time. */
class OutageTest {

    private static final long MEMORY = 256 << 10;
    private static final int VISITORS = 50;
    private static final Duration OUTAGE = Duration.ofMinutes(10);

    /** Fails some records, and answers all others. */
    private static final class PartlyGone implements Transport, ShardSource {
        final HostileShards shards = new HostileShards(4, new Random(3));
        private final Failure failure;
        Predicate<Entry> gone = entry -> false;

        PartlyGone(Failure failure) {
            this.failure = failure;
        }

        @Override
        public Limits limits() {
            return RecordingTransport.LIMITS;
        }

        @Override
        public ShardSource shards() {
            return this;
        }

        @Override
        public CompletableFuture<List<Shard>> list() {
            return CompletableFuture.completedFuture(shards.list());
        }

        @Override
        public CompletableFuture<List<EntryResult>> send(List<Entry> entries) {
            if (entries.stream().allMatch(gone)) {
                return CompletableFuture.failedFuture(
                        new RequestFailedException(failure, "SomeException", new IOException("gone")));
            }
            return CompletableFuture.completedFuture(
                    entries.stream().map(this::answer).toList());
        }

        private EntryResult answer(Entry entry) {
            return gone.test(entry) ? new NotWritten(failure, "SomeException") : new Written(shards.write(entry));
        }
    }

    private Workbench bench(PartlyGone stream) {
        return new Workbench(stream, MEMORY, 5, Workbench.settings(true, OUTAGE.multipliedBy(2)));
    }

    @ParameterizedTest
    @EnumSource(value = Transport.Failure.class, mode = EnumSource.Mode.EXCLUDE, names = "REJECTED")
    void events_afterTenMinutesWithoutTheStream_areDeliveredInOrder(Transport.Failure failure) {
        PartlyGone stream = new PartlyGone(failure);
        Workbench bench = bench(stream);
        List<CompletableFuture<Receipt>> accepted = new ArrayList<>();
        int refused = 0;
        sendSome(bench, accepted);
        stream.gone = entry -> true;
        for (int second = 0; second < OUTAGE.toSeconds(); second += 5) {
            refused += sendSome(bench, accepted);
            assertThat(bench.memory.used()).isLessThanOrEqualTo(MEMORY);
            if (second == 300) {
                stream.shards.reshard();
            }
        }
        assertThat(refused).isPositive();
        assertThat(bench.memory.used()).isGreaterThan(MEMORY * 9 / 10);

        stream.gone = entry -> false;
        bench.run(Duration.ofMinutes(1));
        assertThat(accepted).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
        assertThat(bench.memory.used()).isZero();
        assertInOrder(stream.shards.read(), accepted.size());
    }

    private static int sendSome(Workbench bench, List<CompletableFuture<Receipt>> accepted) {
        int refused = 0;
        for (int i = 0; i < VISITORS; i++) {
            try {
                accepted.add(bench.send("visitor-" + i));
            } catch (SendFailedException e) {
                assertThat(e.reason()).isEqualTo(Reason.BUFFER_FULL);
                refused++;
            }
        }
        bench.run(Duration.ofSeconds(5));
        return refused;
    }

    private static void assertInOrder(List<Seen> seen, int events) {
        assertThat(seen.stream().map(Seen::sequence).distinct()).hasSize(events);
        Map<String, Long> last = new HashMap<>();
        for (Seen event : seen) {
            Long before = last.put(event.key(), event.sequence());
            assertThat(before == null || before < event.sequence()).isTrue();
        }
    }

    @Test
    void shard_whenItThrottles_delaysItsOwnVisitorsOnly() {
        PartlyGone stream = new PartlyGone(Transport.Failure.THROTTLED);
        Workbench bench = bench(stream);
        Shard hot = stream.shards.list().get(0);
        stream.gone = entry -> hot.holds(
                entry.explicitHashKey() == null
                        ? HashKey.of(entry.partitionKey())
                        : HashKey.parse(entry.explicitHashKey()));
        bench.run(Duration.ofMillis(1));
        int delayed = 0;
        for (int i = 0; i < 400; i++) {
            String key = "visitor-" + i % VISITORS;
            Pending event = bench.accept(key);
            bench.run(Workbench.LINGER);
            bench.run(Duration.ofMillis(1));
            boolean hotVisitor = hot.holds(HashKey.of(key));
            assertThat(event.future().isDone()).as(key).isEqualTo(!hotVisitor);
            delayed += hotVisitor ? 1 : 0;
        }
        assertThat(delayed).isPositive();
        assertThat(bench.outcomes.report().delivered()).isEqualTo(400 - delayed);

        stream.gone = entry -> false;
        bench.run(Duration.ofSeconds(30));
        assertThat(bench.outcomes.report()).isEqualTo(new DeliveryReport(400, 0, 0, 0, 0));
        assertInOrder(stream.shards.read(), 400);
    }
}
