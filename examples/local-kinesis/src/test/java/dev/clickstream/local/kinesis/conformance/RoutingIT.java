package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.RING;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Which shards there are, and which one a record goes to. */
class RoutingIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    @Test
    void threeShards_haveTheRangesSeenAtAws() {
        assertThat(conformance.stream(3).shards())
                .extracting(RoutingIT::range)
                .containsExactly(
                        "0-113427455640312821154458202477256070484",
                        "113427455640312821154458202477256070485-226854911280625642308916404954512140969",
                        "226854911280625642308916404954512140970-340282366920938463463374607431768211455");
    }

    private static String range(Shard shard) {
        return shard.hashKeyRange().startingHashKey() + "-"
                + shard.hashKeyRange().endingHashKey();
    }

    @Test
    void twoShards_meetInTheMiddle() {
        assertThat(conformance.stream(2).shards())
                .extracting(RoutingIT::range)
                .containsExactly(
                        "0-170141183460469231731687303715884105727",
                        "170141183460469231731687303715884105728-340282366920938463463374607431768211455");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7, 15})
    void ranges_whenTheRingCannotBeSharedEvenly_areEqual_andTheLastTakesTheRest(int count) {
        List<Shard> shards = conformance.stream(count).shards();
        BigInteger size = RING.divide(BigInteger.valueOf(count));
        assertThat(shards).hasSize(count);
        for (int i = 0; i < count; i++) {
            BigInteger start = size.multiply(BigInteger.valueOf(i));
            BigInteger end = i == count - 1 ? RING : start.add(size);
            assertThat(range(shards.get(i))).isEqualTo(start + "-" + end.subtract(BigInteger.ONE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 15})
    void ranges_coverTheRingWithoutGaps(int count) {
        BigInteger next = BigInteger.ZERO;
        for (Shard shard : conformance.stream(count).shards()) {
            assertThat(shard.hashKeyRange().startingHashKey()).isEqualTo(next.toString());
            next = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
        }
        assertThat(next).isEqualTo(RING);
    }

    @Test
    void shards_areNamedByTheirIndex() {
        assertThat(conformance.stream(3).shards())
                .extracting(Shard::shardId)
                .containsExactly("shardId-000000000000", "shardId-000000000001", "shardId-000000000002");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/conformance/routing.csv")
    void records_goWhereAwsWasSeenToPutThem(String partitionKey, String explicitHashKey, int shardIndex) {
        PutRecordsRequestEntry entry = TestStream.entry(partitionKey, "x").toBuilder()
                .explicitHashKey(explicitHashKey)
                .build();
        assertThat(conformance.stream(3).putAll(List.of(entry)).records())
                .extracting(PutRecordsResultEntry::shardId)
                .containsExactly(TestStream.shardId(shardIndex));
    }

    @Test
    void partitionKeys_areHashedAsUtf8() throws Exception {
        TestStream stream = conformance.stream(15);
        List<String> keys = List.of("ü", "Ω", "日本語", "🛒", "a b", "/?&", "ß".repeat(256));
        for (String key : keys) {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
            BigInteger index = new BigInteger(1, md5).divide(RING.divide(BigInteger.valueOf(15)));
            assertThat(stream.put(key, "x").shardId()).isEqualTo(TestStream.shardId(index.intValue()));
        }
    }

    @Test
    void explicitHashKeys_atTheEdgesOfRanges_goToTheShardThatHoldsThem() {
        TestStream stream = conformance.stream(3);
        for (Shard shard : stream.shards()) {
            assertThat(stream.putAt(shard.hashKeyRange().startingHashKey()).shardId())
                    .isEqualTo(shard.shardId());
            assertThat(stream.putAt(shard.hashKeyRange().endingHashKey()).shardId())
                    .isEqualTo(shard.shardId());
        }
    }
}
