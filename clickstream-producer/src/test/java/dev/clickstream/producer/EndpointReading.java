package dev.clickstream.producer;

import dev.clickstream.producer.HostileShards.Seen;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** All that is in a stream of the endpoint, parents before their children. */
final class EndpointReading {

    static final EndpointReading NONE = new EndpointReading();

    private final List<Seen> byKcl = new ArrayList<>();
    private final List<Seen> raw = new ArrayList<>();
    private final Set<Long> straddling = new HashSet<>();
    private final Map<Receipt, Set<Long>> byReceipt = new HashMap<>();

    private EndpointReading() {}

    static EndpointReading of(LocalStream stream) {
        EndpointReading reading = new EndpointReading();
        for (Shard shard : stream.shards()) {
            for (Record record : stream.records(shard.shardId())) {
                reading.take(shard, record);
            }
        }
        return reading;
    }

    private void take(Shard shard, Record record) {
        List<Transport.Entry> one = List.of(
                new Transport.Entry(record.partitionKey(), null, record.data().asByteArrayUnsafe()));
        HashKeyRange range = shard.hashKeyRange();
        List<Seen> inside =
                HostileShards.read(one, new BigInteger(range.startingHashKey()), new BigInteger(range.endingHashKey()));
        List<Seen> all = HostileShards.readRaw(one);
        byKcl.addAll(inside);
        raw.addAll(all);
        Set<Long> numbers = new HashSet<>();
        all.forEach(event -> numbers.add(event.sequence()));
        if (inside.isEmpty()) {
            straddling.addAll(numbers);
        }
        byReceipt.put(new Receipt(shard.shardId(), record.sequenceNumber()), numbers);
    }

    List<Observed.Reading> readings(Set<Long> unclear) {
        Set<Long> unclearOrStraddling = new HashSet<>(unclear);
        unclearOrStraddling.addAll(straddling);
        return List.of(
                new Observed.Reading("by KCL", byKcl, unclear), new Observed.Reading("raw", raw, unclearOrStraddling));
    }

    boolean holds(Receipt receipt, long sequence) {
        return byReceipt.getOrDefault(receipt, Set.of()).contains(sequence);
    }
}
