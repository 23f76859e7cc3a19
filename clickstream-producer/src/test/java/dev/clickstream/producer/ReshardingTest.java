package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.producer.SendFailedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Splits, step by step. */
class ReshardingTest {

    private static final String LAST = "340282366920938463463374607431768211455";
    private static final String MIDDLE = "170141183460469231731687303715884105728";
    private static final String BEFORE_MIDDLE = "170141183460469231731687303715884105727";
    private static final String QUARTER = "85070591730234615865843651857942052864";
    private static final String BEFORE_QUARTER = "85070591730234615865843651857942052863";

    /** A stream whose listing is what a test says, apart from where records go. */
    private static final class Stream extends RecordingTransport implements ShardSource {
        List<Shard> shards = new ArrayList<>();
        List<Shard> listing = new ArrayList<>();
        Predicate<Entry> lost = entry -> false;
        int listings;

        Stream(Shard... shards) {
            reshard(shards);
            listing = this.shards;
        }

        void reshard(Shard... shards) {
            this.shards = List.of(shards);
        }

        @Override
        public ShardSource shards() {
            return this;
        }

        @Override
        public CompletableFuture<List<Shard>> list() {
            listings++;
            return CompletableFuture.completedFuture(listing);
        }

        @Override
        CompletableFuture<List<EntryResult>> answer(List<Entry> entries) {
            return entries.stream().anyMatch(lost)
                    ? CompletableFuture.failedFuture(new IOException("reset"))
                    : super.answer(entries);
        }

        @Override
        EntryResult answer(Entry entry) {
            HashKey hash = entry.explicitHashKey() == null
                    ? HashKey.of(entry.partitionKey())
                    : HashKey.parse(entry.explicitHashKey());
            Shard shard = shards.stream()
                    .filter(s -> s.open() && s.holds(hash))
                    .findFirst()
                    .orElseThrow();
            return new Written(new Receipt(shard.id(), Integer.toString(requests.size())));
        }
    }

    private static Shard shard(String id, String first, String last, boolean open) {
        return ShardMapTest.shard(id, first, last, open);
    }

    private static final Shard WHOLE = shard("whole", "0", LAST, true);
    private static final Shard[] SPLIT = {
        shard("whole", "0", LAST, false), shard("left", "0", BEFORE_MIDDLE, true), shard("right", MIDDLE, LAST, true)
    };

    /** Keys of both halves. */
    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "visitor-" + i).toList();
    }

    private static double wrongShard(Workbench bench) {
        return bench.meters
                .counter("clickstream.producer.wrong.shard", "stream", "test")
                .count();
    }

    @Test
    void events_beforeTheShardsAreKnown_wait_andFailWithTheReasonIfTheyNeverAre() {
        Stream stream = new Stream(WHOLE);
        stream.listing = List.of();
        Workbench bench = new Workbench(stream);
        CompletableFuture<Receipt> future = bench.send("a");
        bench.run(Workbench.DELIVERY_TIMEOUT.plus(Duration.ofSeconds(1)));

        assertThat(stream.requests).isEmpty();
        assertThat(stream.listings).as("asked again and again").isGreaterThan(2);
        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining(
                        "not accepted within PT5S: 0 attempts, last error ListShards: IncompleteListing");
    }

    @Test
    void shards_areNotListedWhileThereIsNothingToSend() {
        Stream stream = new Stream(WHOLE);
        Workbench bench = new Workbench(stream);
        bench.run(Duration.ofHours(1));
        assertThat(stream.listings).isZero();

        var unused = bench.send("a");
        bench.run(Duration.ofSeconds(1));
        assertThat(stream.listings).isEqualTo(1);
    }

    @Test
    void shards_areListedFromTimeToTime_andNothingWaitsForThat() {
        Stream stream = new Stream(WHOLE);
        Workbench bench = new Workbench(stream);
        CompletableFuture<Receipt> last = bench.send("a");
        for (int second = 0; second < 601; second++) {
            bench.run(Duration.ofSeconds(1));
            assertThat(last).isCompleted();
            last = bench.send("a");
        }
        assertThat(stream.listings)
                .as("at first, after five minutes, and after ten")
                .isEqualTo(3);
    }

    @Test
    void aggregate_thatAShardTookWhole_isDeliveredWithOneReceipt() {
        Stream stream = new Stream(WHOLE);
        Workbench bench = new Workbench(stream);
        List<CompletableFuture<Receipt>> futures =
                keys(5).stream().map(bench::send).toList();
        bench.run(Workbench.LINGER);
        bench.loop.runOnce();

        assertThat(stream.requests).singleElement().satisfies(r -> assertThat(r).hasSize(1));
        assertThat(futures).allMatch(f -> f.join().equals(new Receipt("whole", "1")));
        assertThat(stream.requests.get(0).get(0).explicitHashKey())
                .isEqualTo(HashKey.of("visitor-0").toDecimal());
    }

    @Test
    void aggregate_thatStraddlesAnUnknownSplit_waitsForTheMapAndGoesAgainInParts() {
        Stream stream = new Stream(WHOLE);
        Workbench bench = new Workbench(stream);
        List<CompletableFuture<Receipt>> futures =
                keys(10).stream().map(bench::send).toList();
        stream.reshard(SPLIT);
        bench.run(Workbench.LINGER.plusMillis(1));
        assertThat(futures).as("in the stream, but for no reader").noneMatch(CompletableFuture::isDone);

        stream.listing = List.of(SPLIT);
        bench.run(Duration.ofSeconds(1));
        assertThat(futures).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
        assertThat(wrongShard(bench)).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            boolean left = SPLIT[1].holds(HashKey.of("visitor-" + i));
            assertThat(futures.get(i).join().shardId()).isEqualTo(left ? "left" : "right");
        }
    }

    @Test
    void aggregate_thatLiesWholeInAChild_isDelivered() {
        Stream stream = new Stream(WHOLE);
        Workbench bench = new Workbench(stream);
        List<CompletableFuture<Receipt>> futures =
                List.of(bench.send("visitor-1"), bench.send("visitor-1"), bench.send("visitor-1"));
        stream.reshard(SPLIT);
        stream.listing = List.of(SPLIT);
        bench.run(Duration.ofSeconds(1));

        assertThat(futures).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
        assertThat(stream.requests).hasSize(1);
        assertThat(wrongShard(bench)).isZero();
    }

    /** All shards are split while the left one's record is in doubt; an answer from the right tells of it. */
    @Test
    void events_behindOneInDoubt_failAlthoughTheyWaitForAChild() {
        Stream stream = new Stream(SPLIT[1], SPLIT[2]);
        Workbench bench = new Workbench(stream);
        String lost = keyIn(SPLIT[1]);
        stream.lost = entry -> entry.partitionKey().equals(lost);
        CompletableFuture<Receipt> first = bench.send(lost);
        bench.run(Workbench.LINGER.plusMillis(1));

        stream.reshard(
                shard("left", "0", BEFORE_MIDDLE, false),
                shard("first", "0", BEFORE_QUARTER, true),
                shard("second", QUARTER, BEFORE_MIDDLE, true),
                shard("right", MIDDLE, LAST, false),
                shard("next", MIDDLE, LAST, true));
        stream.listing = stream.shards;
        CompletableFuture<Receipt> evidence = bench.send(keyIn(SPLIT[2]));
        bench.run(Duration.ofSeconds(3));
        assertThat(evidence.join().shardId()).isEqualTo("next");

        CompletableFuture<Receipt> behind = bench.send(lost);
        bench.run(Duration.ofSeconds(2));
        assertThat(SendLoopTest.reason(first)).isEqualTo(Reason.IN_DOUBT);
        assertThat(SendLoopTest.reason(behind)).isEqualTo(Reason.BEHIND_IN_DOUBT);
    }

    private static String keyIn(Shard shard) {
        return keys(100).stream()
                .filter(key -> shard.holds(HashKey.of(key)))
                .findFirst()
                .orElseThrow();
    }
}
