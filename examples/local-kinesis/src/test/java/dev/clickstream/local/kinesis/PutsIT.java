package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

class PutsIT {

    private static final String LAST_HASH_KEY = "340282366920938463463374607431768211455";

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(3);

    @Test
    void records_goToTheShardOfTheirKeysMd5_orOfTheirExplicitHashKey() {
        PutRecordsResponse put = put(List.of(
                Calls.entry("a", "1"),
                Calls.entry("b", "2"),
                Calls.entry("e", "3"),
                Calls.entry("f", "4"),
                Calls.entry("a", "5").toBuilder().explicitHashKey(LAST_HASH_KEY).build()));
        assertThat(put.failedRecordCount()).isZero();
        assertThat(put.records())
                .extracting(r -> r.shardId().charAt(r.shardId().length() - 1))
                .containsExactly('0', '1', '2', '1', '2');
    }

    @Test
    void sequenceNumbers_areOfTheRealShapeAndGrow() {
        Calls clicks = endpoint.clicks();
        BigInteger before = BigInteger.ZERO;
        for (int i = 0; i < 20; i++) {
            PutRecordResponse put = clicks.put("e", "x");
            assertThat(put.sequenceNumber()).hasSize(56);
            BigInteger number = new BigInteger(put.sequenceNumber());
            assertThat(number.bitLength()).isEqualTo(186);
            assertThat(number.toString(16)).endsWith("000000022");
            assertThat(number).isGreaterThan(before);
            before = number;
        }
    }

    private PutRecordsResponse put(List<PutRecordsRequestEntry> entries) {
        return endpoint.client().putRecords(r -> r.streamName("clicks").records(entries));
    }

    @Test
    void requests_ofTooManyOrTooFewEntries_areRefusedWhole() {
        assertThatThrownBy(() -> put(Collections.nCopies(501, Calls.entry("k", "x"))))
                .isInstanceOfSatisfying(
                        KinesisException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
                .hasMessageContaining("1 validation error detected: Value of 501 members at 'records' failed to"
                        + " satisfy constraint: Member must have length less than or equal to 500");
        assertThatThrownBy(() -> put(List.of()))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("at 'records' failed to satisfy constraint: Member must have length greater"
                        + " than or equal to 1");
        assertThat(put(Collections.nCopies(500, Calls.entry("k", "x"))).records())
                .hasSize(500);
    }

    @Test
    void requests_overTenMebibytes_keysCounted_areRefusedWhole() {
        String key = "k".repeat(256);
        byte[] largest = new byte[1_048_576 - 256];
        assertThat(put(Collections.nCopies(10, Calls.entry(key, largest))).failedRecordCount())
                .isZero();
        List<PutRecordsRequestEntry> over = new ArrayList<>(Collections.nCopies(10, Calls.entry(key, largest)));
        over.add(Calls.entry("k", ""));
        assertThatThrownBy(() -> put(over))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Records size exceeds 10 MB limit");
    }

    @Test
    void records_overTheStreamsLimit_orAnyStreams_areRefused() {
        assertThatThrownBy(() -> put(List.of(Calls.entry("k", "x"), Calls.entry("k", new byte[10_485_761]))))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=10485761"
                        + " cap=10485761]' at 'records.2.member.data' failed to satisfy constraint: Member must have"
                        + " length less than or equal to 10485760");
        assertThatThrownBy(() -> put(List.of(Calls.entry("k", "x"), Calls.entry("k", new byte[1_048_576]))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("data and partition key of 1048577 bytes");
        assertThat(put(List.of(Calls.entry("k", new byte[1_048_575]))).failedRecordCount())
                .isZero();
    }

    @Test
    void partitionKeys_areOneTo256Characters_andNeverRepeatedInMessages() {
        String longest = "ü".repeat(256);
        assertThat(endpoint.clicks().put(longest, "x").shardId()).isNotNull();
        assertThatThrownBy(() -> endpoint.clicks().put(longest + "ü", "x"))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("Value of 257 characters at 'partitionKey' failed to satisfy constraint: Member"
                        + " must have length less than or equal to 256")
                .hasMessageNotContaining("ü");
        assertThatThrownBy(() -> endpoint.clicks().put("", "x"))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("Member must have length greater than or equal to 1");
    }

    @Test
    void explicitHashKeys_mustBeNumbersOnTheRing() {
        assertThatThrownBy(() -> putAt("007"))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("Value '007' at 'explicitHashKey' failed to satisfy constraint: Member must"
                        + " satisfy regular expression pattern: 0|([1-9]\\d{0,38})");
        assertThatThrownBy(() -> putAt("340282366920938463463374607431768211456"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]."
                        + " Specified value was 340282366920938463463374607431768211456");
        assertThat(putAt("0").shardId()).isEqualTo("shardId-000000000000");
    }

    private PutRecordResponse putAt(String explicitHashKey) {
        return endpoint.client().putRecord(r -> r.streamName("clicks")
                .partitionKey("k")
                .explicitHashKey(explicitHashKey)
                .data(SdkBytes.fromUtf8String("x")));
    }

    @Test
    void unknownStream_isRefused() {
        assertThatThrownBy(() -> new Calls(endpoint.client(), "none").put("k", "x"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Stream none under account 000000000000 not found.");
    }

    @Test
    void stream_canBeNamedByItsArn() {
        var put = endpoint.client().putRecord(r -> r.streamARN("arn:aws:kinesis:us-east-1:000000000000:stream/clicks")
                .partitionKey("a")
                .data(SdkBytes.fromUtf8String("x")));
        assertThat(put.shardId()).isEqualTo("shardId-000000000000");
    }
}
