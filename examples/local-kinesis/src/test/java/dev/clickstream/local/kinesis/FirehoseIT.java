package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.ServiceUnavailableException;

class FirehoseIT {

    private static final Instant NOON = Instant.parse("2026-07-13T12:00:00Z");

    private final KinesisClock clock = new KinesisClock();
    private LocalKinesis kinesis;
    private FirehoseClient client;

    @BeforeEach
    void start() {
        clock.set(NOON);
        kinesis = LocalKinesis.builder().deliveryStream("clicks").clock(clock).start();
        client = Wire.with(FirehoseClient.builder(), kinesis.endpoint()).build();
    }

    @AfterEach
    void close() {
        client.close();
        kinesis.close();
    }

    private static Record record(byte[] data) {
        return Record.builder().data(SdkBytes.fromByteArray(data)).build();
    }

    private static Record record(int number) {
        return Record.builder().data(SdkBytes.fromUtf8String("click " + number)).build();
    }

    private PutRecordBatchResponse put(List<Record> records) {
        return client.putRecordBatch(r -> r.deliveryStreamName("clicks").records(records));
    }

    @Test
    void records_areKeptInTheOrderOfArrival() {
        String id = client.putRecord(r -> r.deliveryStreamName("clicks").record(record(0)))
                .recordId();
        PutRecordBatchResponse response =
                put(IntStream.range(1, 500).mapToObj(FirehoseIT::record).toList());

        assertThat(response.failedPutCount()).isZero();
        assertThat(response.requestResponses())
                .hasSize(499)
                .extracting(PutRecordBatchResponseEntry::recordId)
                .doesNotContain(id)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(kinesis.deliveredRecords("clicks"))
                .extracting(String::new)
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "click " + i).toList());
        assertThat(kinesis.calls())
                .extracting(RecordedCalls::action, RecordedCalls::resource, RecordedCalls::records)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("firehose:PutRecord", "clicks", 1L),
                        org.assertj.core.api.Assertions.tuple("firehose:PutRecordBatch", "clicks", 499L));
    }

    @Test
    void description_saysWhatItIs() {
        DeliveryStreamDescription description = client.describeDeliveryStream(r -> r.deliveryStreamName("clicks"))
                .deliveryStreamDescription();
        assertThat(description.deliveryStreamStatusAsString()).isEqualTo("ACTIVE");
        assertThat(description.deliveryStreamTypeAsString()).isEqualTo("DirectPut");
        assertThat(description.deliveryStreamARN())
                .isEqualTo("arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks");
        assertThat(description.createTimestamp()).isEqualTo(NOON);
        assertThat(description.destinations()).isEmpty();
        assertThatThrownBy(() -> client.describeDeliveryStream(r -> r.deliveryStreamName("other")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("Firehose other under account 000000000000 not found.");
    }

    @Test
    void limitsOfARequest_areItsOwn() {
        assertThatThrownBy(() -> put(List.of()))
                .isInstanceOf(FirehoseException.class)
                .hasMessageContaining("Member must have length greater than or equal to 1");
        assertThatThrownBy(() -> put(Collections.nCopies(501, record(1))))
                .hasMessageContaining("Member must have length less than or equal to 500");
        assertThatThrownBy(() -> put(List.of(record(new byte[1_024_001]))))
                .hasMessageContaining("Member must have length less than or equal to 1024000");
        assertThatThrownBy(() -> put(Collections.nCopies(5, record(new byte[1_000_000]))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("Records size exceeds 4 MB limit");
        assertThat(kinesis.deliveredRecords("clicks")).isEmpty();
    }

    @Test
    void rate_whenOverFiveMebibytesASecond_failsEntriesUntilTimePasses() {
        // The clock's date stands; elapsed time goes on, so a few more may fit.
        List<Record> four = Collections.nCopies(4, record(new byte[1_000_000]));
        assertThat(put(four).failedPutCount()).isZero();
        List<Record> large = Collections.nCopies(4, record(new byte[1_024_000]));
        PutRecordBatchResponse over = put(large);
        assertThat(over.failedPutCount()).isPositive();
        assertThat(over.requestResponses())
                .filteredOn(entry -> entry.errorCode() != null)
                .hasSize(over.failedPutCount())
                .allSatisfy(entry -> {
                    assertThat(entry.errorCode()).isEqualTo("ServiceUnavailableException");
                    assertThat(entry.errorMessage()).isEqualTo("Slow down.");
                });
        clock.advance(Duration.ofSeconds(1));
        assertThat(put(large).failedPutCount()).isZero();
    }

    @Test
    void faults_failEntriesAndCalls() {
        kinesis.faults(
                3,
                Fault.internalFailure().on("PutRecordBatch").share(0.4).calls(1, 1),
                Fault.throttling().on("PutRecordBatch").calls(2, 2),
                Fault.lostAnswer().on("PutRecordBatch").calls(3, 3),
                Fault.throttling().on("PutRecord"));
        List<Record> records =
                IntStream.range(0, 50).mapToObj(FirehoseIT::record).toList();
        PutRecordBatchResponse partly = put(records);
        assertThat(partly.failedPutCount()).isBetween(5, 45);
        assertThat(partly.requestResponses())
                .extracting(PutRecordBatchResponseEntry::errorCode)
                .containsOnly(null, "InternalFailure");
        assertThat(put(records).requestResponses())
                .extracting(PutRecordBatchResponseEntry::errorCode)
                .containsOnly("ServiceUnavailableException");
        assertThatThrownBy(() -> put(records))
                .isInstanceOf(software.amazon.awssdk.core.exception.SdkClientException.class);
        assertThatThrownBy(() ->
                        client.putRecord(r -> r.deliveryStreamName("clicks").record(record(1))))
                .isInstanceOf(ServiceUnavailableException.class);
        assertThat(kinesis.deliveredRecords("clicks")).hasSize(50 - partly.failedPutCount() + 50);
    }

    @Test
    void deliveryStream_thatIsNotThere_isToldWithThoseThatAre() {
        assertThatThrownBy(() -> kinesis.deliveredRecords("other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no delivery stream other; there are [clicks]");
    }
}
