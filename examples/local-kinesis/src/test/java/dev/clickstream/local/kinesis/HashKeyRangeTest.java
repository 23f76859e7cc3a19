package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashKeyRangeTest {

    @Test
    void threeShards_areAsTheRealServiceCutsThem() {
        assertThat(HashKeyRange.uniform(3))
                .extracting(range -> range.start() + ".." + range.end())
                .containsExactly(
                        "0..113427455640312821154458202477256070484",
                        "113427455640312821154458202477256070485..226854911280625642308916404954512140969",
                        "226854911280625642308916404954512140970..340282366920938463463374607431768211455");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1_000})
    void ranges_ofAnyCount_coverTheRingWithoutGap(int count) {
        List<HashKeyRange> ranges = HashKeyRange.uniform(count);
        assertThat(ranges).hasSize(count);
        assertThat(ranges.get(0).start()).isEqualTo(HashKey.FIRST);
        assertThat(ranges.get(count - 1).end()).isEqualTo(HashKey.LAST);
        for (int i = 1; i < count; i++) {
            assertThat(ranges.get(i - 1).isFollowedBy(ranges.get(i))).isTrue();
            assertThat(ranges.get(i).isFollowedBy(ranges.get(i - 1))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/shard-vectors.csv")
    void keys_goWhereTheRealServicePutsThem(String key, String explicit, String hashKey, int shardIndex) {
        HashKey place = explicit == null
                ? HashKey.ofPartitionKey(key.getBytes(StandardCharsets.UTF_8))
                : HashKey.of(new BigInteger(explicit));
        assertThat(place).hasToString(hashKey);
        List<Shard> shards = new ArrayList<>();
        ShardTerms terms = new ShardTerms(ThroughputLimits.OFF, new KinesisClock(), () -> 1);
        for (HashKeyRange range : HashKeyRange.uniform(3)) {
            shards.add(new Shard(shards.size(), range, List.of(), terms));
        }
        assertThat(new ShardMap(shards, shards).openFor(place).index()).isEqualTo(shardIndex);
    }

    @Test
    void hashKey_hasNeighboursAndBounds() {
        HashKey edge = HashKey.of(BigInteger.TWO.pow(64));
        assertThat(edge.previous().toBigInteger())
                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        assertThat(edge.previous().next()).isEqualTo(edge);
        assertThat(edge).isGreaterThan(edge.previous()).isLessThan(HashKey.LAST);
        assertThat(HashKey.LAST.toBigInteger())
                .isEqualTo(BigInteger.TWO.pow(128).subtract(BigInteger.ONE));
        assertThatThrownBy(() -> HashKey.of(BigInteger.TWO.pow(128))).hasMessageStartingWith("not in [0, 2^128-1]: ");
    }
}
