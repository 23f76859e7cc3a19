package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GetShardIterator and GetRecords. */
final class ReadOperations {

    private static final int MAX_RECORDS = 10_000;
    private static final long MAX_BYTES = 10 * 1_048_576;
    private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);
    private static final DateTimeFormatter IN_MESSAGES =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.US);
    private static final Pattern SEQUENCE_NUMBER = Pattern.compile("0|([1-9]\\d{0,128})");
    private static final Set<String> ITERATOR_TYPES =
            Set.of("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP");

    private final Account account;
    private final Faults faults;
    private final KinesisClock clock;

    ReadOperations(Account account, Faults faults) {
        this.account = account;
        this.faults = faults;
        this.clock = account.clock();
    }

    Answer getShardIterator(Fields request) {
        String streamName = StreamNames.of(request);
        String shardId = request.string("ShardId");
        String type = request.string("ShardIteratorType");
        String startingAt = request.string("StartingSequenceNumber");
        new Constraints()
                .notNull(shardId, "shardId")
                .name(shardId, "shardId")
                .notNull(type, "shardIteratorType")
                .oneOf(type, "shardIteratorType", ITERATOR_TYPES)
                .pattern(startingAt, "startingSequenceNumber", SEQUENCE_NUMBER)
                .check();
        Stream stream = account.stream(streamName);
        Shard shard = shardId == null ? null : stream.shard(shardId);
        if (shard == null || type == null) {
            throw noSuchShard(shardId, streamName);
        }
        long position = new StartingPlace(stream, shard, clock)
                .position(type, startingAt, request.timestamp("Timestamp"), "GetShardIterator");
        int earlier = startingAt == null ? 0 : faults.rewind(streamName, shard.id());
        if (earlier > 0) {
            position = Math.max(SequenceNumbers.START, Math.min(position, shard.latest()) - earlier);
        }
        String iterator = iterator(stream, shard, position);
        return out -> out.field("ShardIterator", iterator);
    }

    private String iterator(Stream stream, Shard shard, long position) {
        return new ShardIterator(stream.name(), stream.incarnation(), shard.index(), position, clock.elapsedNanos())
                .text();
    }

    Answer getRecords(Fields request) {
        String text = request.string("ShardIterator");
        Integer limit = request.integer("Limit");
        new Constraints()
                .notNull(text, "shardIterator")
                .range(limit, "limit", 1, MAX_RECORDS)
                .check();
        ShardIterator iterator = ShardIterator.parse(text == null ? "" : text);
        refuseExpired(iterator);
        Stream stream = account.incarnation(iterator.streamName(), iterator.incarnation());
        List<Shard> shards = stream == null ? List.of() : stream.shards().all();
        if (stream == null || iterator.shardIndex() < 0 || iterator.shardIndex() >= shards.size()) {
            throw noSuchShard(Shard.id(iterator.shardIndex()), iterator.streamName());
        }
        Shard shard = shards.get(iterator.shardIndex());
        int most = faults.readLimit(stream.name(), shard.id(), limit == null ? MAX_RECORDS : limit);
        Shard.Read read = shard.tryRead(iterator.position(), most, MAX_BYTES);
        if (read == null) {
            throw ApiException.of("ProvisionedThroughputExceededException", stream.rateExceeded(shard));
        }
        long nextPosition = Math.max(iterator.position(), read.run().to());
        String next = read.atShardEnd() ? null : iterator(stream, shard, nextPosition);
        return new RecordsAnswer(shard, read, next);
    }

    private void refuseExpired(ShardIterator iterator) {
        Duration age = Duration.ofNanos(clock.elapsedNanos() - iterator.issuedNanos());
        if (age.compareTo(ITERATOR_LIFE) > 0) {
            ZonedDateTime now = clock.now().atZone(ZoneOffset.UTC);
            throw ApiException.of(
                    "ExpiredIteratorException",
                    "Iterator expired. The iterator was created at time " + IN_MESSAGES.format(now.minus(age))
                            + " while right now it is " + IN_MESSAGES.format(now)
                            + " which is further in the future than the tolerated delay of " + ITERATOR_LIFE.toMillis()
                            + " milliseconds.");
        }
    }

    private static ApiException noSuchShard(@Nullable String shardId, String streamName) {
        return ApiException.resourceNotFound(
                "Shard " + shardId + " in stream " + streamName + " under account " + Account.ID + " does not exist");
    }

    private record RecordsAnswer(Shard shard, Shard.Read read, @Nullable String nextIterator) implements Answer {

        @Override
        public void writeTo(AnswerWriter out) throws IOException {
            RecordShapes.write(out, shard, read.run());
            out.field("NextShardIterator", nextIterator);
            out.field("MillisBehindLatest", read.millisBehindLatest());
            RecordShapes.writeChildren(out, read);
        }

        @Override
        public int sizeHint() {
            return RecordShapes.sizeHint(read.run());
        }
    }
}
