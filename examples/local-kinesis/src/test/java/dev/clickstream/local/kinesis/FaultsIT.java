package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Each fault, as a client sees it and as the stream is afterwards. */
class FaultsIT {

    private static final String FIRST = "shardId-000000000000";
    private static final String SECOND = "shardId-000000000001";

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(2);

    private LocalKinesis kinesis() {
        return endpoint.kinesis();
    }

    private PutRecordsResponse putRecords(int count) {
        return endpoint.client().putRecords(r -> r.streamName("clicks")
                .records(IntStream.range(0, count)
                        .mapToObj(i -> Calls.entry("key-" + i, "data-" + i))
                        .toList()));
    }

    private int stored() {
        return endpoint.clicks().shards().stream()
                .mapToInt(shard -> endpoint.clicks().readAll(shard.shardId()).size())
                .sum();
    }

    private static List<String> codes(PutRecordsResponse response) {
        return response.records().stream().map(PutRecordsResultEntry::errorCode).toList();
    }

    @Test
    void internalFailure_ofAShareOfEntries_isTheSameInEveryRun_andWritesTheOthers() {
        Fault fault = Fault.internalFailure().on("PutRecords").share(0.3);
        kinesis().faults(7, fault);
        PutRecordsResponse first = putRecords(100);
        kinesis().faults(7, fault);
        PutRecordsResponse again = putRecords(100);
        kinesis().faults(8, fault);
        PutRecordsResponse other = putRecords(100);

        assertThat(first.failedRecordCount()).isBetween(15, 45);
        assertThat(codes(first)).isEqualTo(codes(again)).isNotEqualTo(codes(other));
        assertThat(codes(first)).containsOnly(null, "InternalFailure");
        assertThat(kinesis().faultsMet())
                .containsExactly(other.failedRecordCount().longValue());
        kinesis().faults(0);
        assertThat(stored())
                .isEqualTo(300 - first.failedRecordCount() - again.failedRecordCount() - other.failedRecordCount());
    }

    @Test
    void throttling_ofAShard_failsItsEntriesOnly() {
        kinesis().faults(1, Fault.throttling().on("PutRecords").shard(SECOND));
        PutRecordsResponse response = putRecords(50);

        List<PutRecordsResultEntry> failed = response.records().stream()
                .filter(entry -> entry.errorCode() != null)
                .toList();
        assertThat(failed).hasSize(response.failedRecordCount()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.errorCode()).isEqualTo("ProvisionedThroughputExceededException");
            assertThat(entry.errorMessage()).startsWith("Rate exceeded for shard " + SECOND);
        });
        assertThat(response.records())
                .filteredOn(entry -> entry.errorCode() == null)
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.shardId()).isEqualTo(FIRST));
    }

    @Test
    void throttling_ofOtherCalls_isTheExceptionOfTheirRate() {
        String iterator = endpoint.clicks().iterator(FIRST, ShardIteratorType.TRIM_HORIZON);
        kinesis().faults(1, Fault.throttling().calls(1, 3));
        assertThatThrownBy(() -> endpoint.clicks().put("k", "d"))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThatThrownBy(() -> endpoint.clicks().read(iterator))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThatThrownBy(() -> endpoint.clicks().shards()).isInstanceOf(LimitExceededException.class);
        assertThat(stored()).isZero();
        assertThat(kinesis().faultsMet()).containsExactly(3L);
    }

    @Test
    void calls_areCountedPerFault_andOnlyThoseNamedMeetIt() {
        kinesis()
                .faults(
                        1,
                        Fault.unavailable().on("PutRecord").calls(2, 3),
                        Fault.internalFailure().on("PutRecord"));
        List<Integer> statuses = IntStream.range(0, 4)
                .mapToObj(i -> ((KinesisException)
                                catchThrowable(() -> endpoint.clicks().put("k", "d")))
                        .statusCode())
                .toList();
        assertThat(statuses).containsExactly(500, 503, 503, 500);
        assertThat(kinesis().faultsMet()).containsExactly(2L, 2L);
        assertThat(stored()).isZero();
    }

    private static PutRecordRequest one() {
        return PutRecordRequest.builder()
                .streamName("clicks")
                .partitionKey("k")
                .data(SdkBytes.fromUtf8String("d"))
                .build();
    }

    private void putAndFail(Wire wire) {
        try (Wire.Api api = wire.connect(kinesis().endpoint())) {
            assertThatThrownBy(() -> api.call(c -> c.putRecord(one()), c -> c.putRecord(one())))
                    .isInstanceOf(SdkClientException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void lostAnswer_isAnErrorToTheClient_andARecordInTheStream(Wire wire) {
        kinesis().faults(1, Fault.lostAnswer().on("PutRecord"));
        putAndFail(wire);
        assertThat(stored()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void connectionReset_writesNothing(Wire wire) {
        kinesis().faults(1, Fault.connectionReset().on("PutRecord"));
        putAndFail(wire);
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void lateRequest_isWrittenAfterWhatCameNext(Wire wire) {
        kinesis()
                .faults(
                        1,
                        Fault.lateRequest(Duration.ofMillis(300))
                                .on("PutRecord")
                                .calls(1, 1));
        putAndFail(wire);
        endpoint.clicks().put("k", "next");
        assertThat(stored()).isEqualTo(1);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> stored() == 2);
        assertThat(endpoint.clicks().shards())
                .extracting(shard -> endpoint.clicks().readAll(shard.shardId()).stream()
                        .map(r -> r.data().asUtf8String())
                        .toList())
                .contains(List.of("next", "d"));
    }

    @Test
    void latency_delaysTheCall() {
        kinesis().faults(1, Fault.latency(Duration.ofMillis(150)), Fault.latency(Duration.ofMillis(100)));
        long begin = System.nanoTime();
        endpoint.clicks().put("k", "d");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void split_happensBetweenTwoRequests() {
        kinesis().faults(1, Fault.split().shard(FIRST).on("PutRecords").calls(2, 2));
        assertThat(putRecords(50).records())
                .extracting(PutRecordsResultEntry::shardId)
                .containsOnly(FIRST, SECOND);
        assertThat(putRecords(50).records())
                .extracting(PutRecordsResultEntry::shardId)
                .containsOnly("shardId-000000000002", "shardId-000000000003", SECOND);
        assertThat(putRecords(1).failedRecordCount()).isZero();
        assertThat(endpoint.clicks().shards()).hasSize(4);
    }

    @Test
    void split_withoutAShard_takesTheWidest() {
        kinesis().faults(1, Fault.split().on("PutRecord").calls(1, 3));
        endpoint.clicks().put("k", "d");
        endpoint.clicks().put("k", "d");
        endpoint.clicks().put("k", "d");
        assertThat(endpoint.clicks().shards())
                .filteredOn(shard -> shard.sequenceNumberRange().endingSequenceNumber() != null)
                .extracting(Shard::shardId)
                .hasSize(3)
                .contains(FIRST, SECOND);
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void reads_thatAreEmptyOrShort_skipNothing() {
        putRecords(40);
        kinesis().faults(1, Fault.emptyRead().calls(2, 2), Fault.shortRead(3).shard(FIRST));
        var clicks = endpoint.clicks();
        var first = clicks.read(clicks.iterator(FIRST, ShardIteratorType.TRIM_HORIZON));
        var empty = clicks.read(first.nextShardIterator());
        var third = clicks.read(empty.nextShardIterator());

        assertThat(first.records()).hasSize(3);
        assertThat(empty.records()).isEmpty();
        assertThat(empty.millisBehindLatest()).isPositive();
        assertThat(third.records()).hasSize(3);
        kinesis().faults(0);
        assertThat(clicks.readAll(FIRST).subList(0, 6)).isEqualTo(concat(first.records(), third.records()));
    }

    private static <T> List<T> concat(List<T> one, List<T> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    @Test
    void repeatedRead_beginsEarlier_butNotBeforeTheShard() {
        putRecords(40);
        var clicks = endpoint.clicks();
        var all = clicks.readAll(FIRST);
        String last = all.get(all.size() - 1).sequenceNumber();
        kinesis()
                .faults(
                        1,
                        Fault.repeatedRead(5).calls(1, 1),
                        Fault.repeatedRead(500).calls(2, 2));

        assertThat(clicks.read(clicks.iterator(FIRST, r -> r.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .startingSequenceNumber(last)))
                        .records())
                .isEqualTo(all.subList(all.size() - 5, all.size()));
        assertThat(clicks.read(clicks.iterator(FIRST, r -> r.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                .startingSequenceNumber(last)))
                        .records())
                .isEqualTo(all);
    }

    @Test
    void probability_meetsAboutSoMany() {
        kinesis().faults(11, Fault.unavailable().on("ListShards").probability(0.25));
        long refused = IntStream.range(0, 200)
                .filter(i -> catchThrowable(() -> endpoint.clicks().shards()) != null)
                .count();
        assertThat(refused).isBetween(25L, 75L);
        assertThat(kinesis().faultsMet()).containsExactly(refused);
    }

    @Test
    void settings_thatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> Fault.latency(Duration.ZERO))
                .hasMessage("latency wants a delay of more than zero, was PT0S");
        assertThatThrownBy(() -> Fault.shortRead(0)).hasMessage("short_read wants 1 record or more, was 0");
        assertThatThrownBy(() -> Fault.throttling().probability(1.5)).hasMessage("probability must be 0 to 1, was 1.5");
        assertThatThrownBy(() -> Fault.throttling().share(Double.NaN)).hasMessage("share must be 0 to 1, was NaN");
        assertThatThrownBy(() -> Fault.throttling().calls(3, 2))
                .hasMessage("calls are counted from 1, the last not before the first; was 3 to 2");
    }
}
