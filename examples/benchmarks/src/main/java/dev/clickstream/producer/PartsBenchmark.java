package dev.clickstream.producer;

import com.google.protobuf.ByteString;
import dev.clickstream.benchmarks.producer.Clicks;
import dev.clickstream.event.ClickEvent;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** Key to hash, hash to shard, events to an aggregate; each figure is an event's. In this package to see the parts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartsBenchmark {

    private static final int EVENTS = 500;
    private static final int SHARDS = 64;

    private final List<String> keys = new ArrayList<>();
    private final List<HashKey> hashes = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private final EventEncoder encoder = new EventEncoder(PartitionKeys.BY_VISITOR, 1 << 20, "benchmark", 1);
    private List<ClickEvent> events = List.of();
    private ShardMap map = map();

    private static ShardMap map() {
        BigInteger size = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(SHARDS));
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
            BigInteger first = size.multiply(BigInteger.valueOf(i));
            shards.add(new Shard(
                    "shard-" + i, HashKey.of(first), HashKey.of(first.add(size).subtract(BigInteger.ONE)), true));
        }
        return Objects.requireNonNull(ShardMap.of(shards));
    }

    /** Events of 300 bytes, of visitors of whom few are busy. */
    @Setup
    public void make() {
        events = Clicks.make(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            keys.add(PartitionKeys.BY_VISITOR.of(events.get(i)));
            hashes.add(HashKey.of(keys.get(i)));
            Pending event = new Pending(encoder.encode(events.get(i)), i, 0, new FlushBarriers().enter());
            pending.add(event);
            data.add(event.data());
        }
        map = map();
    }

    /** Event to JSON: what all peers have to do. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long toJson() {
        long sum = 0;
        for (ClickEvent event : events) {
            sum += event.toJson().length;
        }
        return sum;
    }

    /** All that happens on the caller's thread but for the queue: JSON, key, hash. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long encoding() {
        long sum = 0;
        for (ClickEvent event : events) {
            sum += encoder.encode(event).recordBytes();
        }
        return sum;
    }

    /** MD5 of the key. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long hashKey() {
        long sum = 0;
        for (String key : keys) {
            sum += HashKey.of(key).low();
        }
        return sum;
    }

    /** The lane of a hash among 64 shards. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long routing() {
        long sum = 0;
        for (HashKey hash : hashes) {
            sum += map.indexOf(hash);
        }
        return sum;
    }

    /** 500 events into one record, as a lane does it. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] aggregation() {
        Aggregate aggregate = new Aggregate();
        for (int i = 0; i < EVENTS; i++) {
            if (!aggregate.add(keys.get(i), null, pending.get(i), 1 << 20)) {
                throw new IllegalStateException("500 events of 300 bytes fit");
            }
        }
        return aggregate.toBytes();
    }

    /** The same, through protobuf's builders, as the KPL's format is usually written in Java. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] aggregationByProtobufTree() throws NoSuchAlgorithmException {
        Messages.AggregatedRecord.Builder message = Messages.AggregatedRecord.newBuilder();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            String key = keys.get(i);
            Integer place = places.get(key);
            if (place == null) {
                place = places.size();
                places.put(key, place);
                message.addPartitionKeyTable(key);
            }
            message.addRecords(
                    Messages.Record.newBuilder().setPartitionKeyIndex(place).setData(ByteString.copyFrom(data.get(i))));
        }
        byte[] bytes = message.build().toByteArray();
        byte[] digest = MessageDigest.getInstance("MD5").digest(bytes);
        byte[] record = new byte[4 + bytes.length + digest.length];
        System.arraycopy(bytes, 0, record, 4, bytes.length);
        System.arraycopy(digest, 0, record, 4 + bytes.length, digest.length);
        return record;
    }
}
