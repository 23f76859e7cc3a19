package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.MIDDLE;
import static dev.clickstream.local.kinesis.conformance.TestStream.data;
import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AFTER_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_TIMESTAMP;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.LATEST;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Iterators, and what they read. */
class ReadsIT {

    private static final String FIRST = shardId(0);

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    @Test
    void record_isReadAsItWasPut() {
        TestStream stream = conformance.stream(1);
        Instant before = Instant.now().minusSeconds(5);
        var put = stream.put("kü", "data");
        Record read =
                stream.read(stream.iterator(FIRST, TRIM_HORIZON)).records().get(0);
        assertThat(read.partitionKey()).isEqualTo("kü");
        assertThat(read.data().asUtf8String()).isEqualTo("data");
        assertThat(read.sequenceNumber()).isEqualTo(put.sequenceNumber());
        assertThat(read.approximateArrivalTimestamp())
                .isBetween(before, Instant.now().plusSeconds(5));
    }

    @Test
    void trimHorizon_beginsWithTheFirst_andLatestWithTheNext() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        String latest = stream.iterator(FIRST, LATEST);
        stream.put("k", "2");
        assertThat(stream.data(stream.iterator(FIRST, TRIM_HORIZON))).containsExactly("1", "2");
        assertThat(stream.data(latest)).containsExactly("2");
    }

    @Test
    void sequenceNumbers_atAndAfter() {
        TestStream stream = conformance.stream(1);
        String first = stream.put("k", "1").sequenceNumber();
        String second = stream.put("k", "2").sequenceNumber();
        assertThat(stream.data(stream.iterator(FIRST, AT_SEQUENCE_NUMBER, first)))
                .containsExactly("1", "2");
        assertThat(stream.data(stream.iterator(FIRST, AFTER_SEQUENCE_NUMBER, first)))
                .containsExactly("2");
        assertThat(stream.data(stream.iterator(FIRST, AFTER_SEQUENCE_NUMBER, second)))
                .isEmpty();
    }

    @Test
    void atSequenceNumber_ofTheShardsStart_beginsWithTheFirst() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        String start = stream.shards().get(0).sequenceNumberRange().startingSequenceNumber();
        assertThat(stream.data(stream.iterator(FIRST, AT_SEQUENCE_NUMBER, start)))
                .containsExactly("1");
    }

    @Test
    void timestamps_ofAnArrivalOrBefore_beginWithIt() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        Instant arrival = stream.read(stream.iterator(FIRST, TRIM_HORIZON))
                .records()
                .get(0)
                .approximateArrivalTimestamp();
        assertThat(stream.data(at(stream, arrival))).containsExactly("1");
        assertThat(stream.data(at(stream, arrival.minus(Duration.ofMinutes(10)))))
                .containsExactly("1");
    }

    private static String at(TestStream stream, Instant timestamp) {
        return stream.iterator(FIRST, r -> r.shardIteratorType(AT_TIMESTAMP).timestamp(timestamp));
    }

    @Test
    void timestamp_afterAllArrivals_beginsWithTheNext() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        assertThat(stream.data(at(stream, TestStream.momentAfterNow()))).isEmpty();
    }

    @Test
    void limit_cutsTheAnswer_andTheNextIteratorGoesOn() {
        TestStream stream = conformance.stream(1);
        for (int i = 0; i < 5; i++) {
            stream.put("k", "" + i);
        }
        String iterator = stream.iterator(FIRST, TRIM_HORIZON);
        GetRecordsResponse two =
                conformance.client().getRecords(r -> r.shardIterator(iterator).limit(2));
        assertThat(data(two)).containsExactly("0", "1");
        assertThat(stream.data(two.nextShardIterator())).containsExactly("2", "3", "4");
    }

    @Test
    void iterator_canBeUsedAgain() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        String iterator = stream.iterator(FIRST, TRIM_HORIZON);
        assertThat(stream.data(iterator)).containsExactly("1");
        assertThat(stream.data(iterator)).containsExactly("1");
    }

    @Test
    void openShard_atItsTip_answersNothing_anIterator_andNoLag() {
        GetRecordsResponse read = readEmpty(conformance.stream(1));
        assertThat(read.records()).isEmpty();
        assertThat(read.hasRecords()).isTrue();
        assertThat(read.nextShardIterator()).isNotBlank();
        assertThat(read.millisBehindLatest()).isZero();
        assertThat(read.childShards()).isEmpty();
    }

    private static GetRecordsResponse readEmpty(TestStream stream) {
        return stream.read(stream.iterator(FIRST, LATEST));
    }

    @Test
    void splitShard_isReadToItsEnd_whereItsChildrenAre() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        stream.split(FIRST, MIDDLE);
        stream.put("k", "2");
        TestStream.Ended ended = stream.readToEnd(FIRST);
        assertThat(ended.records()).extracting(r -> r.data().asUtf8String()).containsExactly("1");
        assertThat(ended.last().nextShardIterator()).isNull();
        assertThat(ended.last().millisBehindLatest()).isZero();
        assertThat(ended.last().childShards())
                .extracting(ChildShard::shardId)
                .containsExactlyInAnyOrder(shardId(1), shardId(2));
        assertThat(ended.last().childShards())
                .allSatisfy(child -> assertThat(child.parentShards()).containsExactly(FIRST));
        assertThat(ended.last().childShards())
                .extracting(child -> child.hashKeyRange().startingHashKey())
                .containsExactlyInAnyOrder("0", MIDDLE);
    }

    @Test
    void mergedShards_endWithTheSameChild() {
        TestStream stream = conformance.stream(2);
        stream.merge(FIRST, shardId(1));
        for (String parent : new String[] {FIRST, shardId(1)}) {
            GetRecordsResponse last = stream.readToEnd(parent).last();
            assertThat(last.nextShardIterator()).isNull();
            assertThat(last.childShards()).singleElement().satisfies(child -> {
                assertThat(child.shardId()).isEqualTo(shardId(2));
                assertThat(child.parentShards()).containsExactlyInAnyOrder(FIRST, shardId(1));
            });
        }
    }

    @Test
    void closedShard_fromLatest_isAtItsEnd() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        stream.split(FIRST, MIDDLE);
        GetRecordsResponse read = stream.read(stream.iterator(FIRST, LATEST));
        assertThat(read.records()).isEmpty();
        assertThat(read.nextShardIterator()).isNull();
    }

    @Test
    void iterator_madeBeforeTheSplit_readsOn() {
        TestStream stream = conformance.stream(1);
        String iterator = stream.iterator(FIRST, LATEST);
        stream.put("k", "1");
        stream.split(FIRST, MIDDLE);
        assertThat(stream.data(iterator)).containsExactly("1");
    }

    @Test
    void child_isReadFromItsOwnBeginning() {
        TestStream stream = conformance.stream(1);
        stream.putAt("0");
        stream.split(FIRST, MIDDLE);
        String number = stream.putAt("0").sequenceNumber();
        assertThat(stream.read(stream.iterator(shardId(1), TRIM_HORIZON)).records())
                .extracting(Record::sequenceNumber)
                .containsExactly(number);
    }

    @Test
    void garbage_isNoIterator() {
        assertThat(Refusal.codeOf(() -> conformance.client().getRecords(r -> r.shardIterator("garbage"))))
                .isEqualTo("InvalidArgumentException");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_001})
    void limit_outOfRange_isRefused(int limit) {
        TestStream stream = conformance.stream(1);
        String iterator = stream.iterator(FIRST, LATEST);
        assertThat(Refusal.codeOf(() -> conformance.client().getRecords(r -> r.shardIterator(iterator)
                        .limit(limit))))
                .isEqualTo("ValidationException");
    }

    @Test
    void iterator_ofADeletedStream_isRefused() {
        TestStream stream = conformance.stream(1);
        String iterator = stream.iterator(FIRST, LATEST);
        conformance.client().deleteStream(r -> r.streamName(stream.name()));
        stream.awaitGone();
        assertThat(Refusal.codeOf(() -> stream.read(iterator))).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void moreThanFiveReadsASecond_areRefused() {
        TestStream stream = conformance.stream(1);
        String iterator = stream.iterator(FIRST, LATEST);
        Refusal refusal = Refusal.of(() -> {
            for (int i = 0; i < 50; i++) {
                stream.read(iterator);
            }
        });
        assertThat(refusal.code()).isEqualTo("ProvisionedThroughputExceededException");
    }

    @Test
    void readsOfOneShard_leaveTheOthersTheirs() {
        TestStream stream = conformance.stream(3);
        for (int shard = 0; shard < 3; shard++) {
            String iterator = stream.iterator(shardId(shard), LATEST);
            for (int i = 0; i < 4; i++) {
                assertThat(stream.read(iterator).records()).isEmpty();
            }
        }
    }
}
