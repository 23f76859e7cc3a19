package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class ReshardingIT {

    private static final String SHARD_0 = "shardId-000000000000";
    private static final String SHARD_1 = "shardId-000000000001";
    private static final String SHARD_2 = "shardId-000000000002";
    private static final String MIDDLE = BigInteger.TWO.pow(127).toString();
    private static final String QUARTER = BigInteger.TWO.pow(126).toString();

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(1);

    @Test
    void split_whenDone_closesTheParentAndOpensTwoChildren() {
        Calls clicks = endpoint.clicks();
        String last = clicks.put("a", "before").sequenceNumber();

        clicks.split(SHARD_0, MIDDLE);

        List<Shard> shards = clicks.shards();
        assertThat(shards).extracting(Shard::shardId).containsExactly(SHARD_0, SHARD_1, SHARD_2);
        assertThat(shards).extracting(Shard::parentShardId).containsExactly(null, SHARD_0, SHARD_0);
        assertThat(shards.get(1).hashKeyRange().startingHashKey()).isEqualTo("0");
        assertThat(shards.get(1).hashKeyRange().endingHashKey())
                .isEqualTo(new BigInteger(MIDDLE).subtract(BigInteger.ONE).toString());
        assertThat(shards.get(2).hashKeyRange().startingHashKey()).isEqualTo(MIDDLE);
        assertThat(shards.get(2).hashKeyRange().endingHashKey()).isEqualTo("340282366920938463463374607431768211455");
        String end = shards.get(0).sequenceNumberRange().endingSequenceNumber();
        assertThat(new BigInteger(end)).isGreaterThan(new BigInteger(last));
        assertThat(new BigInteger(shards.get(1).sequenceNumberRange().startingSequenceNumber()))
                .isGreaterThan(new BigInteger(end));
        assertThat(shards.get(1).sequenceNumberRange().endingSequenceNumber()).isNull();
        assertThat(clicks.put("a", "after").shardId()).isEqualTo(SHARD_1);
    }

    @Test
    void closedParent_whenRead_givesItsRecordsThenItsChildren() {
        Calls clicks = endpoint.clicks();
        clicks.put("a", "one");
        clicks.split(SHARD_0, MIDDLE);

        GetRecordsResponse records = clicks.read(clicks.iterator(SHARD_0, ShardIteratorType.TRIM_HORIZON));
        assertThat(records.records()).hasSize(1);
        assertThat(records.nextShardIterator()).isNotNull();

        GetRecordsResponse end = clicks.read(records.nextShardIterator());
        assertThat(end.records()).isEmpty();
        assertThat(end.nextShardIterator()).isNull();
        assertThat(end.millisBehindLatest()).isZero();
        assertThat(end.childShards()).extracting(ChildShard::shardId).containsExactly(SHARD_1, SHARD_2);
        assertThat(end.childShards().get(1).parentShards()).containsExactly(SHARD_0);
        assertThat(end.childShards().get(1).hashKeyRange().startingHashKey()).isEqualTo(MIDDLE);
    }

    @Test
    void merge_whenDone_hasBothParents() {
        Calls clicks = endpoint.clicks();
        clicks.split(SHARD_0, MIDDLE);
        clicks.put("a", "left");

        clicks.merge(SHARD_1, SHARD_2);

        Shard merged = clicks.shards().get(3);
        assertThat(merged.parentShardId()).isEqualTo(SHARD_1);
        assertThat(merged.adjacentParentShardId()).isEqualTo(SHARD_2);
        assertThat(merged.hashKeyRange().startingHashKey()).isEqualTo("0");
        assertThat(merged.hashKeyRange().endingHashKey()).isEqualTo("340282366920938463463374607431768211455");
        GetRecordsResponse records = clicks.read(clicks.iterator(SHARD_1, ShardIteratorType.TRIM_HORIZON));
        ChildShard child =
                clicks.read(records.nextShardIterator()).childShards().get(0);
        assertThat(child.shardId()).isEqualTo("shardId-000000000003");
        assertThat(child.parentShards()).containsExactly(SHARD_1, SHARD_2);
    }

    @Test
    void sequenceNumbers_whenTheClockGoesBack_stillGrowFromParentToChild() {
        Calls clicks = endpoint.clicks();
        String before = clicks.put("a", "before").sequenceNumber();
        endpoint.kinesis().clock().set(Instant.parse("2001-01-01T00:00:00Z"));

        clicks.split(SHARD_0, MIDDLE);
        clicks.merge(SHARD_1, SHARD_2);

        assertThat(new BigInteger(clicks.put("a", "after").sequenceNumber())).isGreaterThan(new BigInteger(before));
    }

    @Test
    void split_whenNotPossible_saysWhy() {
        Calls clicks = endpoint.clicks();
        assertThatThrownBy(() -> clicks.split(SHARD_0, "1"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("NewStartingHashKey 1 used in SplitShard() on shard " + SHARD_0
                        + " in stream clicks under account 000000000000 is not both greater than one plus the shard's"
                        + " StartingHashKey 0 and less than the shard's EndingHashKey"
                        + " 340282366920938463463374607431768211455.");
        assertThatThrownBy(() -> clicks.split("shardId-000000000009", MIDDLE))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining(
                        "Could not find shard shardId-000000000009 in stream clicks under account 000000000000.");
        clicks.split(SHARD_0, MIDDLE);
        assertThatThrownBy(() -> clicks.split(SHARD_0, QUARTER))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("has already been merged or split");
        clicks.split(SHARD_1, QUARTER);
        assertThatThrownBy(() -> clicks.merge("shardId-000000000003", SHARD_2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Shards shardId-000000000003 and " + SHARD_2
                        + " in stream clicks under account 000000000000 are not an adjacent pair of shards eligible"
                        + " for merging");
    }

    @Test
    void listShards_withFilter_givesTheOnesOfThatTime() {
        Calls clicks = endpoint.clicks();
        var clock = endpoint.kinesis().clock();
        var start = Instant.parse("2030-01-01T00:00:00Z");
        clock.set(start);
        clicks.split(SHARD_0, MIDDLE);
        clock.set(start.plusSeconds(60));
        clicks.merge(SHARD_1, SHARD_2);
        clock.set(start.plusSeconds(120));

        assertThat(filtered(clicks, ShardFilterType.AT_LATEST, null)).containsExactly("shardId-000000000003");
        assertThat(filtered(clicks, ShardFilterType.AT_TRIM_HORIZON, null)).containsExactly(SHARD_0);
        assertThat(filtered(clicks, ShardFilterType.FROM_TRIM_HORIZON, null)).hasSize(4);
        assertThat(filtered(clicks, ShardFilterType.AT_TIMESTAMP, start.minusSeconds(1)))
                .containsExactly(SHARD_0);
        assertThat(filtered(clicks, ShardFilterType.AT_TIMESTAMP, start.plusSeconds(30)))
                .containsExactly(SHARD_1, SHARD_2);
        assertThat(filtered(clicks, ShardFilterType.FROM_TIMESTAMP, start.plusSeconds(30)))
                .containsExactly(SHARD_1, SHARD_2, "shardId-000000000003");
    }

    private static List<String> filtered(Calls clicks, ShardFilterType type, Instant timestamp) {
        return clicks
                .client()
                .listShards(r ->
                        r.streamName("clicks").shardFilter(f -> f.type(type).timestamp(timestamp)))
                .shards()
                .stream()
                .map(Shard::shardId)
                .toList();
    }

    @Test
    void listShards_inPages_givesEachOnce() {
        Calls clicks = endpoint.clicks();
        clicks.split(SHARD_0, MIDDLE);
        var first = clicks.client().listShards(r -> r.streamName("clicks").maxResults(2));
        assertThat(first.shards()).extracting(Shard::shardId).containsExactly(SHARD_0, SHARD_1);
        var second = clicks.client().listShards(r -> r.nextToken(first.nextToken()));
        assertThat(second.shards()).extracting(Shard::shardId).containsExactly(SHARD_2);
        assertThat(second.nextToken()).isNull();
        endpoint.kinesis().clock().advance(Duration.ofSeconds(301));
        assertThatThrownBy(() -> clicks.client().listShards(r -> r.nextToken(first.nextToken())))
                .isInstanceOf(ExpiredNextTokenException.class);
    }

    @Test
    void openShards_whenListedDuringResharding_alwaysCoverTheRing() throws Exception {
        Calls clicks = endpoint.clicks();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> lister = thread.submit(() -> {
                int listings = 0;
                while (!done.get() || listings == 0) {
                    assertThatTheyCoverTheRing(clicks.client()
                            .listShards(r -> r.streamName("clicks")
                                    .maxResults(10_000)
                                    .shardFilter(f -> f.type(ShardFilterType.AT_LATEST)))
                            .shards());
                    listings++;
                }
                return listings;
            });
            for (int i = 0; i < 300; i += 3) {
                clicks.split(shardId(i), MIDDLE);
                clicks.merge(shardId(i + 1), shardId(i + 2));
            }
            done.set(true);
            assertThat(lister.get(30, TimeUnit.SECONDS)).isPositive();
        } finally {
            thread.shutdownNow();
        }
    }

    private static String shardId(int index) {
        return String.format("shardId-%012d", index);
    }

    private static void assertThatTheyCoverTheRing(List<Shard> shards) {
        BigInteger next = BigInteger.ZERO;
        for (Shard shard : shards) {
            assertThat(new BigInteger(shard.hashKeyRange().startingHashKey())).isEqualTo(next);
            assertThat(shard.sequenceNumberRange().endingSequenceNumber()).isNull();
            next = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
        }
        assertThat(next).isEqualTo(BigInteger.TWO.pow(128));
    }
}
