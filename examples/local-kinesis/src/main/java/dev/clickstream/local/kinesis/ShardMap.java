package dev.clickstream.local.kinesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stream's shards at one moment: all of them by index, and the open ones by hash key. Immutable. */
final class ShardMap {

    private final List<Shard> all;
    private final Shard[] open;

    ShardMap(List<Shard> all, List<Shard> open) {
        this.all = List.copyOf(all);
        this.open = open.stream()
                .sorted(Comparator.comparing((Shard shard) -> shard.range().start()))
                .toArray(Shard[]::new);
    }

    /** The map after a split or merge. */
    ShardMap with(List<Shard> closed, List<Shard> added) {
        List<Shard> nowAll = new ArrayList<>(all);
        nowAll.addAll(added);
        List<Shard> nowOpen = new ArrayList<>(List.of(open));
        nowOpen.removeAll(closed);
        nowOpen.addAll(added);
        return new ShardMap(nowAll, nowOpen);
    }

    Shard openFor(HashKey key) {
        int low = 0;
        int high = open.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (open[middle].range().start().compareTo(key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return open[low];
    }

    /**
     * Whether it was open when this map was made. Ask this rather than the shard itself where several shards are told of
     * at once: a shard may close meanwhile, and its children are not in here.
     */
    boolean isOpen(Shard shard) {
        return openFor(shard.range().start()) == shard;
    }

    List<Shard> all() {
        return all;
    }

    int openCount() {
        return open.length;
    }
}
