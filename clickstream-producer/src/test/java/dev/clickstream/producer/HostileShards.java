package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clickstream.event.ClickEvent;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** A stream's shards, which split and merge when it hurts, and what KCL reads of them. */
final class HostileShards {

    /** An event as a reader sees it. */
    record Seen(String key, long sequence) {}

    private static final class Shelf {
        private final String id;
        private final BigInteger first;
        private final BigInteger last;
        private final List<Transport.Entry> records = new ArrayList<>();
        private boolean open = true;

        Shelf(int number, BigInteger first, BigInteger last) {
            this.id = String.format("shardId-%012d", number);
            this.first = first;
            this.last = last;
        }

        boolean holds(BigInteger hash) {
            return first.compareTo(hash) <= 0 && hash.compareTo(last) <= 0;
        }
    }

    private static final BigInteger END = BigInteger.ONE.shiftLeft(128);

    /** Parents before their children, as a reader takes them. */
    private final List<Shelf> shelves = new ArrayList<>();

    private final Random random;
    private int written;

    HostileShards(int count, Random random) {
        this.random = random;
        BigInteger size = END.divide(BigInteger.valueOf(count));
        for (int i = 0; i < count; i++) {
            BigInteger first = size.multiply(BigInteger.valueOf(i));
            BigInteger last = i == count - 1 ? END : first.add(size);
            shelves.add(new Shelf(i, first, last.subtract(BigInteger.ONE)));
        }
    }

    Receipt write(Transport.Entry entry) {
        BigInteger hash = entry.explicitHashKey() == null
                ? new BigInteger(HashKey.of(entry.partitionKey()).toDecimal())
                : new BigInteger(entry.explicitHashKey());
        Shelf shelf = open().stream().filter(s -> s.holds(hash)).findFirst().orElseThrow();
        shelf.records.add(entry);
        return new Receipt(shelf.id, Integer.toString(++written));
    }

    private List<Shelf> open() {
        return shelves.stream()
                .filter(s -> s.open)
                .sorted(Comparator.comparing(s -> s.first))
                .toList();
    }

    /** Splits a shard anywhere, or merges two. */
    void reshard() {
        List<Shelf> open = open();
        int i = random.nextInt(open.size());
        Shelf one = open.get(i);
        one.open = false;
        if (i + 1 < open.size() && random.nextBoolean()) {
            Shelf other = open.get(i + 1);
            other.open = false;
            shelves.add(new Shelf(shelves.size(), one.first, other.last));
        } else {
            BigInteger middle = one.first.add(new BigInteger(120, random).mod(one.last.subtract(one.first)));
            middle = random.nextBoolean() ? one.first.add(one.last).shiftRight(1) : middle;
            shelves.add(new Shelf(shelves.size(), one.first, middle));
            shelves.add(new Shelf(shelves.size(), middle.add(BigInteger.ONE), one.last));
        }
    }

    List<Shard> list() {
        return new ArrayList<>(shelves.stream()
                .map(s -> new Shard(s.id, HashKey.parse(s.first.toString()), HashKey.parse(s.last.toString()), s.open))
                .toList());
    }

    /** All events of all shards; without the aggregates of which KCL finds one event outside their shard. */
    List<Seen> read() {
        return shelves.stream()
                .flatMap(s -> read(s.records, s.first, s.last).stream())
                .toList();
    }

    /** All events of all records of all shards. */
    List<Seen> readRaw() {
        return shelves.stream().flatMap(s -> readRaw(s.records).stream()).toList();
    }

    /** Events of the aggregates that KCL drops. */
    List<Seen> straddling() {
        return shelves.stream()
                .flatMap(s -> s.records.stream()
                        .filter(record -> read(List.of(record), s.first, s.last).isEmpty())
                        .flatMap(record -> readRaw(List.of(record)).stream()))
                .toList();
    }

    /** What is in these records, wherever they are. */
    static Set<Long> sequences(Collection<Transport.Entry> records) {
        return readRaw(records).stream().map(Seen::sequence).collect(Collectors.toSet());
    }

    /** What is in these records, whether or not a shard holds all of it. */
    static List<Seen> readRaw(Collection<Transport.Entry> entries) {
        return read(entries, BigInteger.ZERO, END);
    }

    /** As KCL reads these records of a shard. */
    static List<Seen> read(Collection<Transport.Entry> entries, BigInteger first, BigInteger last) {
        List<KinesisClientRecord> records = entries.stream()
                .map(entry -> KinesisClientRecord.builder()
                        .sequenceNumber("1")
                        .partitionKey(entry.partitionKey())
                        .data(ByteBuffer.wrap(entry.data()))
                        .build())
                .toList();
        return new AggregatorUtil()
                .deaggregate(records, first.toString(), last.toString()).stream()
                        .flatMap(HostileShards::seen)
                        .toList();
    }

    /** One event, or one a line. */
    private static Stream<Seen> seen(KinesisClientRecord record) {
        return UTF_8.decode(record.data().duplicate())
                .toString()
                .lines()
                .map(line -> ClickEvent.fromJson(line.getBytes(UTF_8)).producerSequence())
                .map(sequence -> new Seen(record.partitionKey(), Objects.requireNonNull(sequence)));
    }
}
