package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.entry;
import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** What a put may hold, and what happens to more than a shard takes. */
class PutsIT {

    private static final int MIB = 1_048_576;

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    @Test
    void putRecords_answersEveryEntryInTheirOrder() {
        TestStream stream = conformance.stream(3);
        PutRecordsResponse put =
                stream.putAll(List.of(entry("e", "1"), entry("a", "2"), entry("b", "3"), entry("f", "4")));
        assertThat(put.failedRecordCount()).isZero();
        assertThat(put.records())
                .extracting(PutRecordsResultEntry::shardId)
                .containsExactly(shardId(2), shardId(0), shardId(1), shardId(1));
        assertThat(put.records()).allSatisfy(r -> {
            assertThat(r.sequenceNumber()).isNotNull();
            assertThat(r.errorCode()).isNull();
            assertThat(r.errorMessage()).isNull();
        });
    }

    @Test
    void putRecords_takes500Entries() {
        PutRecordsResponse put = conformance.stream(1).putAll(Collections.nCopies(500, entry("k", "x")));
        assertThat(put.records()).hasSize(500);
    }

    @Test
    void putRecords_of501Entries_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.putAll(Collections.nCopies(501, entry("k", "x")))))
                .isEqualTo("ValidationException");
    }

    @Test
    void putRecords_ofNoEntries_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.putAll(List.of()))).isEqualTo("ValidationException");
    }

    @Test
    void putRecords_takesTenMebibytes_keysCounted() {
        TestStream stream = conformance.stream(15);
        assertThat(stream.putAll(tenMebibytes()).records()).hasSize(11);
    }

    @Test
    void putRecords_ofOneByteMoreThanTenMebibytes_isRefused() {
        TestStream stream = conformance.stream(15);
        List<PutRecordsRequestEntry> over = new ArrayList<>(tenMebibytes());
        over.set(0, over.get(0).toBuilder().partitionKey("key").build());
        assertThat(Refusal.codeOf(() -> stream.putAll(over))).isEqualTo("InvalidArgumentException");
    }

    /** In 11 entries, so that none of them is as large as a record may be. */
    private static List<PutRecordsRequestEntry> tenMebibytes() {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int i = 10; i < 20; i++) {
            entries.add(entry("" + i, new byte[MIB - 102]));
        }
        entries.add(entry("20", new byte[998]));
        return entries;
    }

    @Test
    void record_mayBeEmpty() {
        TestStream stream = conformance.stream(1);
        assertThat(stream.put("k", "").shardId()).isEqualTo(shardId(0));
        assertThat(stream.data(stream.iterator(shardId(0), r -> r.shardIteratorType("TRIM_HORIZON"))))
                .containsExactly("");
    }

    @Test
    void record_ofOneMebibyteWithItsKey_isTaken() {
        TestStream stream = conformance.stream(1);
        assertThat(stream.put("k", "x".repeat(MIB - 1)).shardId()).isEqualTo(shardId(0));
    }

    @Test
    void record_whoseDataIsOverOneMebibyte_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.put("k", "x".repeat(MIB + 1))))
                .isIn("ValidationException", "InvalidArgumentException");
    }

    @Test
    void partitionKey_mayHave256Characters() {
        assertThat(conformance.stream(1).put("ü".repeat(256), "x").shardId()).isEqualTo(shardId(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void partitionKey_ofAnotherLength_isRefused(int length) {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.put("k".repeat(length), "x"))).isEqualTo("ValidationException");
    }

    @Test
    void entryThatIsWrong_failsTheWholeRequest() {
        TestStream stream = conformance.stream(1);
        Refusal.of(() -> stream.putAll(List.of(entry("k", "fine"), entry("k".repeat(257), "wrong"))));
        assertThat(stream.data(stream.iterator(shardId(0), r -> r.shardIteratorType("TRIM_HORIZON"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "-1", "1000000000000000000000000000000000000000"})
    void explicitHashKey_withZerosInFront_orASign_orTooManyDigits_isRefused(String hashKey) {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.putAt(hashKey))).isEqualTo("ValidationException");
    }

    @Test
    void explicitHashKey_thatIsNoInteger_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.putAt("1e3"))).isEqualTo("ValidationException");
    }

    @Test
    void explicitHashKey_beyondTheRing_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.putAt(TestStream.RING.toString())))
                .isEqualTo("InvalidArgumentException");
    }

    @Test
    void sequenceNumberForOrdering_isTaken() {
        TestStream stream = conformance.stream(1);
        String first = stream.put("k", "1").sequenceNumber();
        String second = conformance
                .client()
                .putRecord(r -> r.streamName(stream.name())
                        .partitionKey("k")
                        .sequenceNumberForOrdering(first)
                        .data(entry("k", "2").data()))
                .sequenceNumber();
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void putRecords_overAShardsMebibyteASecond_failsInPart() {
        TestStream stream = conformance.stream(1);
        List<PutRecordsResultEntry> failed =
                failed(stream.putAll(Collections.nCopies(20, entry("k", new byte[150_000]))));
        assertThat(failed)
                .isNotEmpty()
                .hasSizeLessThan(20)
                .allSatisfy(r -> assertThat(r.errorCode()).isEqualTo("ProvisionedThroughputExceededException"))
                .allSatisfy(r -> assertThat(r.errorMessage())
                        .isEqualTo("Rate exceeded for shard " + shardId(0) + " in stream " + stream.name()
                                + " under account " + TestStream.ACCOUNT + "."))
                .allSatisfy(r -> assertThat(r.sequenceNumber()).isNull())
                .allSatisfy(r -> assertThat(r.shardId()).isNull());
    }

    private static List<PutRecordsResultEntry> failed(PutRecordsResponse put) {
        List<PutRecordsResultEntry> failed =
                put.records().stream().filter(r -> r.errorCode() != null).toList();
        assertThat(put.failedRecordCount()).isEqualTo(failed.size());
        return failed;
    }

    @Test
    void putRecord_overAShardsMebibyteASecond_isRefused() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "x".repeat(MIB - 1));
        assertThat(Refusal.codeOf(() -> stream.put("k", "x".repeat(MIB - 1))))
                .isEqualTo("ProvisionedThroughputExceededException");
    }
}
