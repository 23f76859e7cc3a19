package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class GuardedAggregatorTest {
    private static final HashKeyRangeForLease NOTHING = new HashKeyRangeForLease(BigInteger.ONE, BigInteger.TWO);

    private static KinesisClientRecord record(byte[] data) {
        return KinesisClientRecord.builder()
                .sequenceNumber("7")
                .partitionKey("outer")
                .approximateArrivalTimestamp(Instant.ofEpochMilli(5))
                .data(ByteBuffer.wrap(data))
                .build();
    }

    private static List<Intake> read(byte[] data, HashKeyRangeForLease range) {
        return new KclRecords("shard", range).of(new GuardedAggregator().deaggregate(List.of(record(data))));
    }

    private static List<String> texts(List<Intake> intakes) {
        return intakes.stream()
                .map(intake -> new String(intake.record().data(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void aggregate_isTakenApart() {
        List<Intake> intakes = read(Aggregates.of(List.of("a", "b", "c")), null);

        assertThat(texts(intakes)).containsExactly("a", "b", "c");
        assertThat(intakes.get(2).record())
                .extracting(
                        StreamRecord::shardId,
                        StreamRecord::sequenceNumber,
                        StreamRecord::subSequenceNumber,
                        StreamRecord::partitionKey,
                        StreamRecord::arrival)
                .containsExactly("shard", "7", 2L, "key-c", Instant.ofEpochMilli(5));
        assertThat(intakes).allMatch(intake -> intake.decided() == null);
    }

    static List<byte[]> broken() {
        return List.of(
                Aggregates.withoutKey(List.of("a", "b")),
                Aggregates.withHashKey("a", "not a number"),
                Aggregates.withoutRecords());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenAggregate_isOneFailedRecord_withAllItsBytes(byte[] data) {
        assertThat(read(data, null)).singleElement().satisfies(intake -> {
            assertThat(intake.record().data()).isEqualTo(data);
            assertThat(intake.decided())
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                            .isEqualTo("Aggregate.Broken"));
        });
    }

    /** What KCL's own throws ends the thread that reads, and what stands beside it in the answer is not handed over. */
    @Test
    void kclAlone_throwsOnAHashKeyThatIsNoNumber_andSkipsAllThatWasReadWithIt() {
        List<KinesisClientRecord> answer = List.of(
                record(new byte[] {1}), record(Aggregates.withHashKey("a", "not a number")), record(new byte[] {2}));

        assertThatThrownBy(() -> new AggregatorUtil().deaggregate(answer)).isInstanceOf(NoClassDefFoundError.class);
        assertThat(new GuardedAggregator().deaggregate(answer)).hasSize(3);
    }

    @Test
    void kclAlone_losesAnAggregateWithoutRecords() {
        List<KinesisClientRecord> answer = List.of(record(Aggregates.withoutRecords()));

        assertThat(new AggregatorUtil().deaggregate(answer)).isEmpty();
        assertThat(new GuardedAggregator().deaggregate(answer)).hasSize(1);
    }

    @Test
    void bytesWithAWrongDigest_areAnOrdinaryRecord() {
        byte[] data = Aggregates.of(List.of("a"));
        data[data.length - 1]++;

        assertThat(read(data, NOTHING)).singleElement().satisfies(intake -> {
            assertThat(intake.record().data()).isEqualTo(data);
            assertThat(intake.decided()).isNull();
        });
    }

    @Test
    void shortBytes_areAnOrdinaryRecord() {
        assertThat(texts(read("x".getBytes(StandardCharsets.UTF_8), NOTHING))).containsExactly("x");
        assertThat(texts(read(new byte[0], NOTHING))).containsExactly("");
    }

    @Test
    void aggregate_ofWhichARecordLiesOutsideTheShard_isDroppedWhole() {
        List<Intake> intakes = read(Aggregates.of(List.of("a", "b")), NOTHING);

        assertThat(intakes).hasSize(2).allMatch(intake -> new Outcome.Dropped("Aggregate.OutsideShard")
                .equals(intake.decided()));
    }

    @Test
    void explicitHashKey_decidesBeforeThePartitionKey() {
        assertThat(read(Aggregates.withHashKey("a", "1"), NOTHING))
                .singleElement()
                .matches(intake -> intake.decided() == null);
    }
}
