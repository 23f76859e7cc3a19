package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountResponse;

/** UpdateShardCount and the modes of a stream. */
class ScalingIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static UpdateShardCountResponse scale(TestStream stream, int target) {
        UpdateShardCountResponse answer = conformance.client().updateShardCount(r -> r.streamName(stream.name())
                .targetShardCount(target)
                .scalingType(ScalingType.UNIFORM_SCALING));
        stream.awaitActive();
        return answer;
    }

    private static List<Shard> open(TestStream stream) {
        return conformance
                .client()
                .listShards(r -> r.streamName(stream.name()).shardFilter(f -> f.type(ShardFilterType.AT_LATEST)))
                .shards();
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,4", "2,3", "4,2", "3,2", "4,3", "3,6", "5,10", "6,3", "7,14", "10,5"})
    void openShards_areAsManyAsWanted_andCoverTheRing(int from, int to) {
        TestStream stream = conformance.stream(from);
        scale(stream, to);
        List<Shard> open = open(stream);
        assertThat(open).hasSize(to);
        BigInteger covered = open.stream().map(ScalingIT::size).reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(covered).isEqualTo(TestStream.RING);
    }

    private static BigInteger size(Shard shard) {
        return new BigInteger(shard.hashKeyRange().endingHashKey())
                .subtract(new BigInteger(shard.hashKeyRange().startingHashKey()))
                .add(BigInteger.ONE);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "4,2"})
    void openShards_whenDoubledOrHalved_areOfOneSize(int from, int to) {
        TestStream stream = conformance.stream(from);
        scale(stream, to);
        assertThatTheyAreOfOneSize(open(stream));
    }

    /** AWS recommends multiples of 25 % of what there is. */
    @ParameterizedTest
    @CsvSource({"2,3", "4,3", "4,5"})
    void openShards_whenScaledByQuarters_areOfOneSize(int from, int to) {
        TestStream stream = conformance.stream(from);
        scale(stream, to);
        assertThatTheyAreOfOneSize(open(stream));
    }

    /** But for what rounding leaves. */
    private static void assertThatTheyAreOfOneSize(List<Shard> shards) {
        BigInteger equal = TestStream.RING.divide(BigInteger.valueOf(shards.size()));
        assertThat(shards)
                .allSatisfy(
                        shard -> assertThat(size(shard).subtract(equal).abs()).isLessThan(BigInteger.TEN));
    }

    @ParameterizedTest
    @CsvSource({"2,4,6", "4,2,6"})
    void allShards_whenDoubledOrHalved_areAsManyAsAtAws(int from, int to, int all) {
        TestStream stream = conformance.stream(from);
        scale(stream, to);
        assertThat(stream.shards()).hasSize(all);
    }

    @ParameterizedTest
    @CsvSource({"4,5,15", "4,3,11"})
    void allShards_whenScaledByQuarters_areAsManyAsAtAws(int from, int to, int all) {
        TestStream stream = conformance.stream(from);
        scale(stream, to);
        assertThat(stream.shards()).hasSize(all);
    }

    @Test
    void allShards_whenScaledUpByOtherParts_areAsManyAsAtAws() {
        TestStream stream = conformance.stream(10);
        scale(stream, 13);
        assertThat(stream.shards()).hasSize(37);
    }

    @Test
    void allShards_whenScaledDownByOtherParts_areAsManyAsAtAws() {
        TestStream stream = conformance.stream(5);
        scale(stream, 3);
        assertThat(stream.shards()).hasSize(7);
    }

    @Test
    void openShards_whenThreeOfFourRemain_areThoseSeenAtAws() {
        TestStream stream = conformance.stream(4);
        scale(stream, 3);
        assertThat(open(stream)).extracting(Shard::shardId).containsExactly(shardId(6), shardId(9), shardId(10));
    }

    @Test
    void answer_tellsBothCounts() {
        TestStream stream = conformance.stream(2);
        UpdateShardCountResponse answer = scale(stream, 4);
        assertThat(answer.streamName()).isEqualTo(stream.name());
        assertThat(answer.currentShardCount()).isEqualTo(2);
        assertThat(answer.targetShardCount()).isEqualTo(4);
    }

    @Test
    void parents_stayReadable_andAreNamedByTheirChildren() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        scale(stream, 2);
        assertThat(open(stream)).extracting(Shard::parentShardId).containsOnly(shardId(0));
        assertThat(stream.data(stream.iterator(shardId(0), r -> r.shardIteratorType("TRIM_HORIZON"))))
                .containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,5", "4,1"})
    void moreThanDouble_orLessThanHalf_isRefused(int from, int to) {
        TestStream stream = conformance.stream(from);
        assertThat(Refusal.codeOf(() -> scale(stream, to))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void lessThanHalfOfAnOddNumber_isRefused() {
        TestStream stream = conformance.stream(5);
        assertThat(Refusal.codeOf(() -> scale(stream, 2))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void mode_canBeChanged_andTheShardsStay() {
        TestStream stream = conformance.stream(2);
        conformance.client().updateStreamMode(r -> r.streamARN(stream.arn())
                .streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)));
        stream.awaitActive();
        assertThat(conformance
                        .client()
                        .describeStreamSummary(r -> r.streamName(stream.name()))
                        .streamDescriptionSummary()
                        .streamModeDetails()
                        .streamMode())
                .isEqualTo(StreamMode.ON_DEMAND);
        assertThat(open(stream)).extracting(Shard::shardId).containsExactly(shardId(0), shardId(1));
    }
}
