package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.MIDDLE;
import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

/** Pages and filters of shard listings. */
class ListShardsIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    @Test
    void pages_giveEachShardOnce() {
        TestStream stream = conformance.stream(5);
        ListShardsResponse first = page(stream, 2);
        ListShardsResponse second = next(first);
        ListShardsResponse third = next(second);
        assertThat(ids(first)).containsExactly(shardId(0), shardId(1));
        assertThat(ids(second)).containsExactly(shardId(2), shardId(3));
        assertThat(ids(third)).containsExactly(shardId(4));
        assertThat(third.nextToken()).isNull();
    }

    private static ListShardsResponse next(ListShardsResponse page) {
        return conformance.client().listShards(r -> r.nextToken(page.nextToken())
                .maxResults(2));
    }

    private static List<String> ids(ListShardsResponse listing) {
        return listing.shards().stream().map(Shard::shardId).toList();
    }

    @Test
    void listing_thatFits_hasNoToken() {
        TestStream stream = conformance.stream(2);
        assertThat(conformance
                        .client()
                        .listShards(r -> r.streamName(stream.name()).maxResults(2))
                        .nextToken())
                .isNull();
    }

    @Test
    void page_withoutAMaximum_hasUpTo1000Shards() {
        TestStream stream = conformance.stream(150);
        assertThat(stream.shards()).hasSize(150);
    }

    @Test
    void exclusiveStart_leavesOutWhatComesUpToIt() {
        TestStream stream = conformance.stream(3);
        assertThat(ids(conformance.client().listShards(r -> r.streamName(stream.name())
                        .exclusiveStartShardId(shardId(1)))))
                .containsExactly(shardId(2));
    }

    @Test
    void stream_canBeNamedByItsArn() {
        TestStream stream = conformance.stream(1);
        assertThat(ids(conformance.client().listShards(r -> r.streamARN(stream.arn()))))
                .containsExactly(shardId(0));
    }

    /** With a closed shard and its two children. */
    private static TestStream split() {
        TestStream stream = conformance.stream(1);
        stream.split(shardId(0), MIDDLE);
        return stream;
    }

    private static List<String> filtered(TestStream stream, Consumer<ShardFilter.Builder> filter) {
        return ids(
                conformance.client().listShards(r -> r.streamName(stream.name()).shardFilter(filter)));
    }

    @Test
    void withoutAFilter_closedShardsAreListed() {
        assertThat(split().shards()).extracting(Shard::shardId).containsExactly(shardId(0), shardId(1), shardId(2));
    }

    @Test
    void atLatest_areTheOpenShards() {
        assertThat(filtered(split(), f -> f.type(ShardFilterType.AT_LATEST))).containsExactly(shardId(1), shardId(2));
    }

    @Test
    void atTrimHorizon_areTheOldestShards() {
        assertThat(filtered(split(), f -> f.type(ShardFilterType.AT_TRIM_HORIZON)))
                .containsExactly(shardId(0));
    }

    @Test
    void fromTrimHorizon_areAllShards() {
        assertThat(filtered(split(), f -> f.type(ShardFilterType.FROM_TRIM_HORIZON)))
                .containsExactly(shardId(0), shardId(1), shardId(2));
    }

    @Test
    void afterShardId_areTheLaterOnes() {
        assertThat(filtered(split(), f -> f.type(ShardFilterType.AFTER_SHARD_ID).shardId(shardId(1))))
                .containsExactly(shardId(2));
    }

    @Test
    void atOrFromATimestamp_afterTheSplit_areTheOpenShards() {
        TestStream stream = split();
        Instant after = TestStream.momentInNextSecond();
        assertThat(filtered(stream, f -> f.type(ShardFilterType.AT_TIMESTAMP).timestamp(after)))
                .containsExactly(shardId(1), shardId(2));
        assertThat(filtered(stream, f -> f.type(ShardFilterType.FROM_TIMESTAMP).timestamp(after)))
                .containsExactly(shardId(1), shardId(2));
    }

    @Test
    void timestamps_countInMilliseconds() {
        Instant before;
        Instant after;
        TestStream stream;
        do {
            stream = conformance.stream(1);
            before = Instant.now();
            stream.split(shardId(0), MIDDLE);
            after = TestStream.momentAfterNow();
        } while (before.getEpochSecond() != after.getEpochSecond());
        Instant sameSecond = after;
        assertThat(filtered(stream, f -> f.type(ShardFilterType.AT_TIMESTAMP).timestamp(sameSecond)))
                .containsExactly(shardId(1), shardId(2));
    }

    @Test
    void fromATimestamp_beforeTheStream_areAllShards() {
        assertThat(filtered(split(), f -> f.type(ShardFilterType.FROM_TIMESTAMP)
                        .timestamp(Instant.now().minusSeconds(3_600))))
                .containsExactly(shardId(0), shardId(1), shardId(2));
    }

    @Test
    void neitherStreamNorToken_isRefused() {
        assertThat(Refusal.codeOf(() -> conformance.client().listShards(r -> {})))
                .isEqualTo("InvalidArgumentException");
    }

    @Test
    void streamAndToken_areRefused() {
        TestStream stream = conformance.stream(2);
        String token = conformance
                .client()
                .listShards(r -> r.streamName(stream.name()).maxResults(1))
                .nextToken();
        assertThat(Refusal.codeOf(() -> conformance.client().listShards(r -> r.streamName(stream.name())
                        .nextToken(token))))
                .isEqualTo("InvalidArgumentException");
    }

    @Test
    void maximum_ofNone_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> page(stream, 0))).isEqualTo("ValidationException");
    }

    @Test
    void maximum_over10000_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> page(stream, 10_001))).isEqualTo("ValidationException");
    }

    private static ListShardsResponse page(TestStream stream, int maximum) {
        return conformance.client().listShards(r -> r.streamName(stream.name()).maxResults(maximum));
    }

    @Test
    void garbage_isNoToken() {
        assertThat(Refusal.codeOf(() -> conformance.client().listShards(r -> r.nextToken("garbage"))))
                .isEqualTo("InvalidArgumentException");
    }
}
