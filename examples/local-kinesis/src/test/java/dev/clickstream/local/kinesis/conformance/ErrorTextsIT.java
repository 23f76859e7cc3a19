package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.ACCOUNT;
import static dev.clickstream.local.kinesis.conformance.TestStream.MIDDLE;
import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The texts of errors, to the letter. */
class ErrorTextsIT {

    private static final String FIRST = shardId(0);

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static Refusal invalidArgument(String message) {
        return new Refusal("InvalidArgumentException", message);
    }

    private static Refusal notFound(String message) {
        return new Refusal("ResourceNotFoundException", message);
    }

    private static Refusal oneViolation(String what) {
        return new Refusal("ValidationException", "1 validation error detected: Value " + what);
    }

    private static String in(TestStream stream) {
        return " in stream " + stream.name() + " under account " + ACCOUNT;
    }

    @Test
    void stream_notFound() {
        KinesisClient client = conformance.client();
        String name = Conformance.freshName();
        TestStream stream = new TestStream(client, name);
        List<ThrowingCallable> calls = List.of(
                () -> client.describeStream(r -> r.streamName(name)),
                () -> client.describeStreamSummary(r -> r.streamName(name)),
                () -> client.deleteStream(r -> r.streamName(name)),
                () -> client.listTagsForStream(r -> r.streamName(name)),
                () -> client.increaseStreamRetentionPeriod(
                        r -> r.streamName(name).retentionPeriodHours(25)),
                stream::shards,
                () -> stream.put("k", "x"),
                () -> stream.putAll(List.of(TestStream.entry("k", "x"))),
                () -> stream.split(FIRST, MIDDLE),
                () -> stream.merge(FIRST, shardId(1)));
        assertThat(calls)
                .extracting(Refusal::of)
                .containsOnly(notFound("Stream " + name + " under account " + ACCOUNT + " not found."));
    }

    @Test
    void stream_alreadyThere() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> conformance.client().createStream(r -> r.streamName(stream.name())
                        .shardCount(1))))
                .isEqualTo(new Refusal(
                        "ResourceInUseException",
                        "Stream " + stream.name() + " under account " + ACCOUNT + " already exists."));
    }

    @Test
    void iterator_shardNotFound() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> stream.iterator(shardId(5), ShardIteratorType.LATEST)))
                .isEqualTo(notFound("Shard " + shardId(5) + in(stream) + " does not exist"));
    }

    @Test
    void split_shardNotFound() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> stream.split(shardId(5), MIDDLE)))
                .isEqualTo(notFound("Could not find shard " + shardId(5) + in(stream) + "."));
    }

    @Test
    void merge_shardNotFound() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> stream.merge(FIRST, shardId(5))))
                .isEqualTo(notFound("Could not find shard " + shardId(5) + in(stream) + "."));
    }

    @Test
    void merge_notAdjacent() {
        TestStream stream = conformance.stream(3);
        assertThat(Refusal.of(() -> stream.merge(FIRST, shardId(2))))
                .isEqualTo(invalidArgument("Shards " + FIRST + " and " + shardId(2) + in(stream)
                        + " are not an adjacent pair of shards eligible for merging"));
    }

    @ParameterizedTest
    @CsvSource({"1", "113427455640312821154458202477256070484"})
    void split_outsideTheShard(String hashKey) {
        TestStream stream = conformance.stream(3);
        assertThat(Refusal.of(() -> stream.split(FIRST, hashKey)))
                .isEqualTo(invalidArgument("NewStartingHashKey " + hashKey + " used in SplitShard() on shard " + FIRST
                        + in(stream) + " is not both greater than one plus the shard's StartingHashKey 0 and less"
                        + " than the shard's EndingHashKey 113427455640312821154458202477256070484."));
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"})
    void iterator_withoutItsSequenceNumber(ShardIteratorType type) {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> stream.iterator(FIRST, type)))
                .isEqualTo(invalidArgument(sequenceNumberOr(type, "no")));
    }

    @ParameterizedTest
    @EnumSource(names = {"TRIM_HORIZON", "LATEST"})
    void iterator_withASequenceNumberForNothing(ShardIteratorType type) {
        TestStream stream = conformance.stream(1);
        String number = stream.put("k", "x").sequenceNumber();
        assertThat(Refusal.of(() -> stream.iterator(FIRST, type, number)))
                .isEqualTo(invalidArgument(sequenceNumberOr(type, "also a")));
    }

    private static String sequenceNumberOr(ShardIteratorType type, String which) {
        return "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2)"
                + " TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified " + type + " and " + which
                + " StartingSequenceNumber.";
    }

    @Test
    void iterator_withAnotherShardsSequenceNumber() {
        TestStream stream = conformance.stream(3);
        String ofTheLast = stream.put("e", "x").sequenceNumber();
        assertThat(Refusal.of(() -> stream.iterator(FIRST, ShardIteratorType.AT_SEQUENCE_NUMBER, ofTheLast)))
                .isEqualTo(invalidArgument("Invalid StartingSequenceNumber. It encodes " + shardId(2)
                        + ", while it was used in a call to a shard with " + FIRST));
    }

    @Test
    void iterator_withoutItsTimestamp() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> stream.iterator(FIRST, ShardIteratorType.AT_TIMESTAMP)))
                .isEqualTo(invalidArgument("Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP."
                        + " Current request has no timestamp parameter."));
    }

    @Test
    void iterator_thatIsNone() {
        assertThat(Refusal.of(() -> conformance.client().getRecords(r -> r.shardIterator("garbage"))))
                .isEqualTo(invalidArgument("Invalid ShardIterator."));
    }

    @Test
    void explicitHashKey_beyondTheRing() {
        TestStream stream = conformance.stream(1);
        String hashKey = TestStream.RING.toString();
        assertThat(Refusal.of(() -> stream.putAt(hashKey)))
                .isEqualTo(invalidArgument("Invalid ExplicitHashKey. ExplicitHashKey must be in the range:"
                        + " [0, 2^128-1]. Specified value was " + hashKey));
    }

    @Test
    void listShards_ofNothing() {
        assertThat(Refusal.of(() -> conformance.client().listShards(r -> {})))
                .isEqualTo(invalidArgument("Either NextToken or StreamName should be provided."));
    }

    @Test
    void listShards_ofTwoThings() {
        assertThat(Refusal.of(() ->
                        conformance.client().listShards(r -> r.streamName("a").nextToken("b"))))
                .isEqualTo(invalidArgument("NextToken and StreamName cannot be provided together."));
    }

    @Test
    void retention_tooShort() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> conformance.client().increaseStreamRetentionPeriod(r -> r.streamName(stream.name())
                        .retentionPeriodHours(23))))
                .isEqualTo(invalidArgument("Minimum allowed retention period is 24 hours. Requested retention period"
                        + " (23 hours) is too short."));
    }

    @Test
    void retention_decreasedToMore() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> conformance.client().decreaseStreamRetentionPeriod(r -> r.streamName(stream.name())
                        .retentionPeriodHours(25))))
                .isEqualTo(invalidArgument("Requested retention period (25 hours) for stream " + stream.name()
                        + " can not be longer than existing retention period (24 hours). Use IncreaseRetentionPeriod"
                        + " API."));
    }

    @Test
    void constraint_ofANumber() {
        assertThat(Refusal.of(() -> conformance.client().createStream(r -> r.streamName(Conformance.freshName())
                        .shardCount(0))))
                .isEqualTo(oneViolation("'0' at 'shardCount' failed to satisfy constraint: Member must have value"
                        + " greater than or equal to 1"));
    }

    @Test
    void constraint_ofAPattern() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> stream.putAt("007")))
                .isEqualTo(oneViolation("'007' at 'explicitHashKey' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: 0|([1-9]\\d{0,38})"));
    }

    @Test
    void constraint_ofAName() {
        assertThat(Refusal.of(() -> conformance.client().describeStream(r -> r.streamName("a!"))))
                .isEqualTo(oneViolation("'a!' at 'streamName' failed to satisfy constraint: Member must satisfy regular"
                        + " expression pattern: [a-zA-Z0-9_.-]+"));
    }

    @Test
    void constraint_ofAnEntry() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.of(() -> stream.putAll(List.of(TestStream.entry("k", "x"), TestStream.entry("", "x")))))
                .isEqualTo(oneViolation("'' at 'records.2.member.partitionKey' failed to satisfy constraint: Member"
                        + " must have length greater than or equal to 1"));
    }

    @Test
    void constraint_ofHowManyEntries() {
        TestStream stream = conformance.stream(1);
        Refusal refusal = Refusal.of(() -> stream.putAll(Collections.nCopies(501, TestStream.entry("k", "x"))));
        assertThat(refusal.code()).isEqualTo("ValidationException");
        assertThat(refusal.message())
                .endsWith("at 'records' failed to satisfy constraint: Member must have length less than or equal to"
                        + " 500");
    }

    @Test
    void constraint_ofAPartitionKey_repeatsIt() {
        TestStream stream = conformance.stream(1);
        String key = "k".repeat(257);
        assertThat(Refusal.of(() -> stream.put(key, "x")))
                .isEqualTo(oneViolation("'" + key + "' at 'partitionKey' failed to satisfy constraint: Member must have"
                        + " length less than or equal to 256"));
    }

    @Test
    void constraints_areReportedTogether() {
        Refusal refusal = Refusal.of(() -> conformance
                .client()
                .listShards(r -> r.streamName("a!").exclusiveStartShardId("b!").maxResults(0)));
        assertThat(refusal.message())
                .startsWith("3 validation errors detected: Value ")
                .contains("'0' at 'maxResults'")
                .contains("'b!' at 'exclusiveStartShardId'")
                .contains("'a!' at 'streamName'");
    }
}
