package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.MIDDLE;
import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Splits and merges. */
class ReshardingIT {

    private static final String FIRST = shardId(0);
    private static final String LAST_HASH_KEY = "340282366920938463463374607431768211455";

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static String range(Shard shard) {
        return shard.hashKeyRange().startingHashKey() + "-"
                + shard.hashKeyRange().endingHashKey();
    }

    @Test
    void split_makesTwoChildrenWithTheParentsRange() {
        TestStream stream = conformance.stream(1);
        stream.split(FIRST, "1000");
        List<Shard> shards = stream.shards();
        assertThat(shards).extracting(Shard::shardId).containsExactly(FIRST, shardId(1), shardId(2));
        assertThat(shards).extracting(Shard::parentShardId).containsExactly(null, FIRST, FIRST);
        assertThat(shards).extracting(Shard::adjacentParentShardId).containsOnlyNulls();
        assertThat(shards)
                .extracting(ReshardingIT::range)
                .containsExactly("0-" + LAST_HASH_KEY, "0-999", "1000-" + LAST_HASH_KEY);
        assertThat(shards)
                .extracting(shard -> shard.sequenceNumberRange().endingSequenceNumber() != null)
                .containsExactly(true, false, false);
    }

    @Test
    void merge_makesOneChildWithBothParentsRanges() {
        TestStream stream = conformance.stream(2);
        stream.merge(FIRST, shardId(1));
        List<Shard> shards = stream.shards();
        assertThat(shards).hasSize(3);
        assertThat(shards.get(2).parentShardId()).isEqualTo(FIRST);
        assertThat(shards.get(2).adjacentParentShardId()).isEqualTo(shardId(1));
        assertThat(range(shards.get(2))).isEqualTo("0-" + LAST_HASH_KEY);
        assertThat(shards)
                .extracting(shard -> shard.sequenceNumberRange().endingSequenceNumber() != null)
                .containsExactly(true, true, false);
    }

    @Test
    void records_afterASplit_goToTheChildren() {
        TestStream stream = conformance.stream(1);
        stream.split(FIRST, MIDDLE);
        assertThat(stream.putAt("0").shardId()).isEqualTo(shardId(1));
        assertThat(stream.putAt(LAST_HASH_KEY).shardId()).isEqualTo(shardId(2));
    }

    @Test
    void records_afterAMerge_goToTheChild() {
        TestStream stream = conformance.stream(2);
        stream.merge(FIRST, shardId(1));
        assertThat(stream.putAt("0").shardId()).isEqualTo(shardId(2));
        assertThat(stream.putAt(LAST_HASH_KEY).shardId()).isEqualTo(shardId(2));
    }

    @Test
    void children_canBeSplitAndMergedAgain() {
        TestStream stream = conformance.stream(1);
        stream.split(FIRST, MIDDLE);
        stream.merge(shardId(1), shardId(2));
        assertThat(stream.shards()).extracting(Shard::shardId).hasSize(4).endsWith(shardId(3));
        assertThat(stream.putAt("0").shardId()).isEqualTo(shardId(3));
    }

    @Test
    void stream_isUpdatingRightAfterASplit() {
        TestStream stream = conformance.stream(1);
        conformance
                .client()
                .splitShard(r -> r.streamName(stream.name()).shardToSplit(FIRST).newStartingHashKey(MIDDLE));
        assertThat(stream.status()).isEqualTo(StreamStatus.UPDATING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "340282366920938463463374607431768211454"})
    void split_canLeaveATinyChild(String newStartingHashKey) {
        TestStream stream = conformance.stream(1);
        stream.split(FIRST, newStartingHashKey);
        assertThat(stream.shards()).hasSize(3);
    }

    @Test
    void split_beyondTheParent_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.split(FIRST, "999999999999999999999999999999999999999")))
                .isEqualTo("InvalidArgumentException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", LAST_HASH_KEY})
    void split_atTheEdgeOfTheParent_isRefused(String newStartingHashKey) {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.split(FIRST, newStartingHashKey)))
                .isEqualTo("InvalidArgumentException");
    }

    @Test
    void split_ofAClosedShard_isRefused() {
        TestStream stream = conformance.stream(1);
        stream.split(FIRST, MIDDLE);
        assertThat(Refusal.codeOf(() -> stream.split(FIRST, MIDDLE))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void split_ofAShardThatThereIsNot_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.split(shardId(5), MIDDLE))).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void merge_ofShardsThatAreNotAdjacent_isRefused() {
        TestStream stream = conformance.stream(3);
        assertThat(Refusal.codeOf(() -> stream.merge(FIRST, shardId(2)))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void merge_withTheUpperShardFirst_isRefused() {
        TestStream stream = conformance.stream(2);
        assertThat(Refusal.codeOf(() -> stream.merge(shardId(1), FIRST))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void merge_withItself_isRefused() {
        TestStream stream = conformance.stream(2);
        assertThat(Refusal.codeOf(() -> stream.merge(FIRST, FIRST))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void merge_ofAClosedShard_isRefused() {
        TestStream stream = conformance.stream(2);
        stream.split(FIRST, "1000");
        assertThat(Refusal.codeOf(() -> stream.merge(FIRST, shardId(1)))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void merge_ofAShardThatThereIsNot_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.merge(FIRST, shardId(5)))).isEqualTo("ResourceNotFoundException");
    }
}
