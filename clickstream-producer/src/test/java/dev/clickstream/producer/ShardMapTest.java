package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardMapTest {

    private static final String LAST = "340282366920938463463374607431768211455";

    /** Three shards as DescribeStream of the service printed them. */
    private static final List<Shard> THREE = List.of(
            shard("c", "226854911280625642308916404954512140970", LAST, true),
            shard("a", "0", "113427455640312821154458202477256070484", true),
            shard("b", "113427455640312821154458202477256070485", "226854911280625642308916404954512140969", true));

    static Shard shard(String id, String first, String last, boolean open) {
        return new Shard(id, HashKey.parse(first), HashKey.parse(last), open);
    }

    /** Where the service itself was seen to put these keys. */
    @ParameterizedTest
    @CsvSource({
        "a, 16955237001963240173058271559858726497, a",
        "b, 195289424170611159128911017612795795343, b",
        "e, 299611584147932843547128611849858313266, c",
        "f, 190917122200326810055233066464581373159, b"
    })
    void key_goesToTheShardThatHoldsItsMd5(String key, String hash, String shardId) {
        ShardMap map = ShardMap.of(THREE);

        assertThat(HashKey.of(key).toDecimal()).isEqualTo(hash);
        assertThat(map.open().get(map.indexOf(HashKey.of(key))).id()).isEqualTo(shardId);
    }

    @Test
    void explicitHashKey_goesToTheShardThatHoldsIt() {
        ShardMap map = ShardMap.of(THREE);

        assertThat(map.open().get(map.indexOf(HashKey.parse(LAST))).id()).isEqualTo("c");
    }

    @Test
    void hashKeys_areInTheOrderOfTheirNumbers() {
        Random random = new Random(7);
        List<BigInteger> numbers = new ArrayList<>(List.of(BigInteger.ZERO, new BigInteger(LAST)));
        for (int i = 0; i < 200; i++) {
            numbers.add(new BigInteger(random.nextBoolean() ? 128 : 64, random));
        }
        for (BigInteger number : numbers) {
            HashKey key = HashKey.parse(number.toString());
            assertThat(key.toDecimal()).isEqualTo(number.toString());
            for (BigInteger other : numbers) {
                assertThat(Integer.signum(key.compareTo(HashKey.parse(other.toString()))))
                        .isEqualTo(number.compareTo(other));
            }
        }
        assertThat(HashKey.parse("18446744073709551615").next().toDecimal()).isEqualTo("18446744073709551616");
        assertThat(HashKey.parse(LAST).next().toDecimal()).isEqualTo("0");
    }

    @Test
    void ends_belongToTheirShard() {
        ShardMap map = ShardMap.of(THREE);
        for (Shard shard : THREE) {
            assertThat(map.open().get(map.indexOf(shard.first()))).isEqualTo(shard);
            assertThat(map.open().get(map.indexOf(shard.last()))).isEqualTo(shard);
        }
    }

    @Test
    void listing_withAGapOrAnOverlapOfOpenShards_isNoMap() {
        assertThat(ShardMap.of(List.of())).isNull();
        assertThat(ShardMap.of(THREE.subList(0, 2))).isNull();
        assertThat(ShardMap.of(THREE.subList(1, 3))).isNull();
        List<Shard> twice = new ArrayList<>(THREE);
        twice.add(shard("d", "5", "6", true));
        assertThat(ShardMap.of(twice)).isNull();
    }

    @Test
    void closedShards_areKnownByName() {
        List<Shard> split = new ArrayList<>(THREE);
        split.add(shard("parent", "0", LAST, false));
        ShardMap map = ShardMap.of(split);

        assertThat(map.open()).extracting(Shard::id).containsExactly("a", "b", "c");
        assertThat(map.shard("parent").open()).isFalse();
        assertThat(map.shard("never")).isNull();
    }
}
