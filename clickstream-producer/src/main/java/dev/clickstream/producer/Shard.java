package dev.clickstream.producer;

/**
 * A shard as ListShards tells of it: its hash keys, both ends included, and whether it takes records or was closed by a
 * split or a merge.
 */
record Shard(String id, HashKey first, HashKey last, boolean open) {

    boolean holds(HashKey hash) {
        return first.compareTo(hash) <= 0 && hash.compareTo(last) <= 0;
    }

    boolean overlaps(Shard other) {
        return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }
}
