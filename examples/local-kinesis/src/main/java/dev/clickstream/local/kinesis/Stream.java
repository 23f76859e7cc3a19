package dev.clickstream.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its shards and its settings. Thread-safe: the lock orders changes of shards and settings against each
 * other; writers and readers of records take only the lock of their shard.
 */
final class Stream {

    static final int DEFAULT_RETENTION_HOURS = 24;
    static final int DEFAULT_MAX_RECORD_KIB = 1_024;
    static final String ON_DEMAND = "ON_DEMAND";
    static final String PROVISIONED = "PROVISIONED";

    private static final int MAX_TAGS = 50;
    private static final int MAX_ON_DEMAND_SHARDS = 200;
    private static final BigInteger NARROWEST_TO_SPLIT = BigInteger.valueOf(8);

    /** In hash keys: three times a sixth of the ring is not quite a half; a shard for the difference helps nobody. */
    private static final BigInteger ROUNDING = BigInteger.ONE.shiftLeft(20);

    private final String name;
    private final String arn;
    private final long incarnation;
    private final ShardTerms terms;
    private final long createdAtMillis;

    private final Object lock = new Object();
    private final TreeMap<String, String> tags = new TreeMap<>();
    private final Consumers consumers;
    private volatile String mode;
    private volatile @Nullable String encryptionKey;
    private volatile int maxRecordKib;
    private volatile int retentionHours = DEFAULT_RETENTION_HOURS;
    private volatile ShardMap shards;

    /** What a stream is created with; the incarnation tells two streams of one name apart. */
    record Blueprint(String name, String arn, long incarnation, String mode, int shardCount, int maxRecordKib) {}

    Stream(Blueprint blueprint, ThroughputLimits limits, KinesisClock clock) {
        this.name = blueprint.name();
        this.arn = blueprint.arn();
        this.incarnation = blueprint.incarnation();
        this.mode = blueprint.mode();
        this.maxRecordKib = blueprint.maxRecordKib();
        this.terms = new ShardTerms(limits, clock, () -> TimeUnit.HOURS.toMillis(retentionHours));
        this.createdAtMillis = clock.millis();
        this.consumers = new Consumers(name, arn, clock);
        List<Shard> first = new ArrayList<>();
        for (HashKeyRange range : HashKeyRange.uniform(blueprint.shardCount())) {
            first.add(new Shard(first.size(), range, List.of(), terms));
        }
        this.shards = new ShardMap(first, first);
    }

    /** Writes one record to the shard that is open for it, whatever is split or merged meanwhile. */
    PutResult put(PutEntry entry) {
        while (true) {
            // A closed shard's children are published before its lock is given back: the next look finds them.
            PutResult result = shards.openFor(entry.hashKey()).put(entry);
            if (result instanceof PutResult.Throttled throttled && mode.equals(ON_DEMAND)) {
                growAt(throttled.shard());
            }
            if (result != null) {
                return result;
            }
        }
    }

    /** An on-demand stream splits what is too hot; the record that showed it is throttled all the same. */
    private void growAt(Shard hot) {
        if (shards.openCount() < MAX_ON_DEMAND_SHARDS) {
            splitInHalf(hot.id());
        }
    }

    /**
     * Splits and merges, from left to right as AWS was seen to, until the open shards are so many and of one size, but
     * for what rounding leaves.
     */
    void reshard(int count) {
        synchronized (lock) {
            HashKey start = HashKey.FIRST;
            for (HashKeyRange wanted : HashKeyRange.uniform(count)) {
                HashKey end = wanted.end().equals(HashKey.LAST) ? HashKey.LAST : endNear(wanted.end());
                Shard first = shards.openFor(start);
                while (first.range().end().compareTo(end) < 0) {
                    merge(first.id(), shards.openFor(first.range().end().next()).id());
                    first = shards.openFor(start);
                }
                start = end.equals(HashKey.LAST) ? end : end.next();
            }
        }
    }

    /** Where an open shard ends: near the key if one does, else at it, after a split. */
    private HashKey endNear(HashKey wanted) {
        Shard holder = shards.openFor(wanted);
        HashKey before = holder.range().start();
        HashKey at = holder.range().end();
        if (wanted.toBigInteger().subtract(before.toBigInteger()).compareTo(ROUNDING) < 0) {
            return before.previous();
        }
        if (at.toBigInteger().subtract(wanted.toBigInteger()).compareTo(ROUNDING) < 0) {
            return at;
        }
        split(holder.id(), wanted.next().toBigInteger());
        return wanted;
    }

    String rateExceeded(Shard shard) {
        return "Rate exceeded for shard " + shard + " in stream " + name + " under account " + Account.ID + ".";
    }

    /** Splits an open shard in two at a hash key inside its range. */
    void split(String shardId, BigInteger newStart) {
        synchronized (lock) {
            Shard parent = openShard(shardId);
            HashKeyRange range = parent.range();
            boolean inside = newStart.compareTo(range.start().toBigInteger().add(BigInteger.ONE)) > 0
                    && newStart.compareTo(range.end().toBigInteger()) < 0;
            if (!inside) {
                throw ApiException.invalidArgument("NewStartingHashKey " + newStart + " used in SplitShard() on shard "
                        + parent + " in stream " + name + " under account " + Account.ID
                        + " is not both greater than one plus the shard's StartingHashKey " + range.start()
                        + " and less than the shard's EndingHashKey " + range.end() + ".");
            }
            HashKey middle = HashKey.of(newStart);
            int next = shards.all().size();
            List<Shard> parents = List.of(parent);
            List<Shard> children = List.of(
                    new Shard(next, new HashKeyRange(range.start(), middle.previous()), parents, terms),
                    new Shard(next + 1, new HashKeyRange(middle, range.end()), parents, terms));
            parent.close(children, () -> shards = shards.with(parents, children));
        }
    }

    /** Splits an open shard in the middle: this one, or without one the widest. Does nothing if it is not open. */
    void splitInHalf(@Nullable String shardId) {
        synchronized (lock) {
            ShardMap now = shards;
            now.all().stream()
                    .filter(now::isOpen)
                    .filter(shard -> shardId == null || shard.id().equals(shardId))
                    .max(Comparator.comparing(shard -> shard.range().width()))
                    .filter(shard -> shard.range().width().compareTo(NARROWEST_TO_SPLIT) >= 0)
                    .ifPresent(shard -> split(
                            shard.id(),
                            shard.range()
                                    .start()
                                    .toBigInteger()
                                    .add(shard.range().width().shiftRight(1))));
        }
    }

    /** Merges two open shards; the first one's range must end where the other's begins. */
    void merge(String shardId, String adjacentShardId) {
        synchronized (lock) {
            Shard first = openShard(shardId);
            Shard second = openShard(adjacentShardId);
            if (!first.range().isFollowedBy(second.range())) {
                throw ApiException.invalidArgument("Shards " + first + " and " + second + " in stream " + name
                        + " under account " + Account.ID
                        + " are not an adjacent pair of shards eligible for merging");
            }
            HashKey start = first.range().start();
            HashKey end = second.range().end();
            List<Shard> parents = List.of(first, second);
            Shard child = new Shard(shards.all().size(), new HashKeyRange(start, end), parents, terms);
            List<Shard> children = List.of(child);
            first.close(children, () -> second.close(children, () -> shards = shards.with(parents, children)));
        }
    }

    private Shard openShard(String shardId) {
        Shard shard = shard(shardId);
        if (shard == null) {
            throw ApiException.resourceNotFound(
                    "Could not find shard " + shardId + " in stream " + name + " under account " + Account.ID + ".");
        }
        if (!shards.isOpen(shard)) {
            throw ApiException.invalidArgument("Shard " + shardId + " in stream " + name + " under account "
                    + Account.ID + " has already been merged or split, and thus is not eligible for merging or"
                    + " splitting.");
        }
        return shard;
    }

    /** Null if there is no such shard; also finds closed ones. */
    @Nullable
    Shard shard(String shardId) {
        return shards.all().stream()
                .filter(shard -> shard.id().equals(shardId))
                .findFirst()
                .orElse(null);
    }

    ShardMap shards() {
        return shards;
    }

    int retentionHours() {
        return retentionHours;
    }

    void retentionHours(int hours) {
        retentionHours = hours;
    }

    /** A copy, in the order of keys. */
    NavigableMap<String, String> tags() {
        synchronized (lock) {
            return new TreeMap<>(tags);
        }
    }

    /** Adds or replaces tags; all of them or, with too many, none. */
    void addTags(Map<String, String> added) {
        synchronized (lock) {
            TreeMap<String, String> all = new TreeMap<>(tags);
            all.putAll(added);
            if (all.size() > MAX_TAGS) {
                throw ApiException.invalidArgument("Failed to add tags to stream " + name + " under account "
                        + Account.ID + " because a given stream cannot have more than " + MAX_TAGS
                        + " tags associated with it.");
            }
            tags.putAll(added);
        }
    }

    Consumers consumers() {
        return consumers;
    }

    void removeTags(List<String> keys) {
        synchronized (lock) {
            keys.forEach(tags::remove);
        }
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    /** PROVISIONED or ON_DEMAND. */
    String mode() {
        return mode;
    }

    void mode(String chosen) {
        mode = chosen;
    }

    /** Null if it is not encrypted. */
    @Nullable
    String encryptionKey() {
        return encryptionKey;
    }

    void encryptionKey(@Nullable String keyId) {
        encryptionKey = keyId;
    }

    /** Of data and partition key. */
    int maxRecordBytes() {
        return maxRecordKib * 1_024;
    }

    void maxRecordKib(int kib) {
        maxRecordKib = kib;
    }

    long trimHorizon() {
        return terms.trimHorizon();
    }

    long incarnation() {
        return incarnation;
    }

    long createdAtMillis() {
        return createdAtMillis;
    }
}
