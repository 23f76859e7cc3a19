package dev.clickstream.producer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One picture of a stream's shards: the open ones, which hold every hash key once, and closed ones by name. */
final class ShardMap {

    private static final HashKey ZERO = new HashKey(0, 0);

    private final List<Shard> open;
    private final Map<String, Shard> byId = new HashMap<>();

    private ShardMap(List<Shard> shards, List<Shard> open) {
        this.open = open;
        shards.forEach(shard -> byId.put(shard.id(), shard));
    }

    /** The map of a listing, or null if its open shards leave a gap or overlap, as they may while a stream changes. */
    @Nullable
    static ShardMap of(List<Shard> shards) {
        List<Shard> open = shards.stream()
                .filter(Shard::open)
                .sorted(Comparator.comparing(Shard::first))
                .toList();
        HashKey next = ZERO;
        for (Shard shard : open) {
            if (!shard.first().equals(next)) {
                return null;
            }
            next = shard.last().next();
        }
        // After the last hash key comes zero again.
        return open.isEmpty() || !next.equals(ZERO) ? null : new ShardMap(shards, open);
    }

    /** By hash key. */
    List<Shard> open() {
        return open;
    }

    /** Open or closed, or null if this picture was taken before it was there. */
    @Nullable
    Shard shard(String id) {
        return byId.get(id);
    }

    /** The place in {@link #open} of the shard that takes this hash. */
    int indexOf(HashKey hash) {
        int low = 0;
        int high = open.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (open.get(middle).first().compareTo(hash) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
