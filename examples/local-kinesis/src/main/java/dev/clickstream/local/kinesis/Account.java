package dev.clickstream.local.kinesis;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All streams of the endpoint. Thread-safe. */
final class Account {

    /** What ARNs and messages carry; requests of any account and with any signature are taken. */
    static final String ID = "000000000000";

    static final String REGION = "us-east-1";

    private static final String ARN_PREFIX = "arn:aws:kinesis:" + REGION + ":" + ID + ":stream/";

    private final ThroughputLimits limits;
    private final KinesisClock clock;
    private final ConcurrentMap<String, Stream> streams = new ConcurrentHashMap<>();
    private final AtomicLong incarnations = new AtomicLong();

    Account(ThroughputLimits limits, KinesisClock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    static String arn(String streamName) {
        return ARN_PREFIX + streamName;
    }

    void create(String name, int shardCount) {
        Stream unused = create(name, shardCount, Stream.PROVISIONED, Stream.DEFAULT_MAX_RECORD_KIB);
    }

    Stream create(String name, int shardCount, String mode, int maxRecordKib) {
        Stream.Blueprint blueprint =
                new Stream.Blueprint(name, arn(name), incarnations.incrementAndGet(), mode, shardCount, maxRecordKib);
        Stream stream = new Stream(blueprint, limits, clock);
        if (streams.putIfAbsent(name, stream) != null) {
            throw ApiException.resourceInUse("Stream " + name + " under account " + ID + " already exists.");
        }
        return stream;
    }

    void delete(String name) {
        Stream deleted = streams.remove(name);
        if (deleted == null) {
            throw notFound(name);
        }
        deleted.consumers().endAll();
    }

    /** Fails if there is no such consumer. */
    StreamConsumer consumer(String streamName, String arn) {
        Stream stream = streams.get(streamName);
        StreamConsumer consumer = stream == null ? null : stream.consumers().byArn(arn);
        if (consumer == null) {
            throw Consumers.notFound(arn);
        }
        return consumer;
    }

    Stream stream(String name) {
        Stream stream = streams.get(name);
        if (stream == null) {
            throw notFound(name);
        }
        return stream;
    }

    /** The stream that an iterator or token was made of; null if it was deleted, also if one of its name is there. */
    @Nullable
    Stream incarnation(String name, long incarnation) {
        Stream stream = streams.get(name);
        return stream != null && stream.incarnation() == incarnation ? stream : null;
    }

    private static ApiException notFound(String name) {
        return ApiException.resourceNotFound("Stream " + name + " under account " + ID + " not found.");
    }

    NavigableSet<String> names() {
        return new TreeSet<>(streams.keySet());
    }

    /** In the order of names. */
    List<Stream> streamsAfter(String name) {
        return streams.values().stream()
                .filter(stream -> stream.name().compareTo(name) > 0)
                .sorted(Comparator.comparing(Stream::name))
                .toList();
    }

    int openShards() {
        return streams.values().stream()
                .mapToInt(stream -> stream.shards().openCount())
                .sum();
    }

    long onDemandStreams() {
        return streams.values().stream()
                .filter(stream -> stream.mode().equals(Stream.ON_DEMAND))
                .count();
    }

    ThroughputLimits limits() {
        return limits;
    }

    KinesisClock clock() {
        return clock;
    }
}
