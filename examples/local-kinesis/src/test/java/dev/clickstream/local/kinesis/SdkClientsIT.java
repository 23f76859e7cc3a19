package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The SDK's own clients, in every form in which they speak. */
class SdkClientsIT {

    @ParameterizedTest
    @EnumSource(Wire.class)
    void records_whenPut_areReadBackAsTheyWere(Wire wire) {
        try (LocalKinesis kinesis = LocalKinesis.start();
                Wire.Api api = wire.connect(kinesis.endpoint())) {
            Instant arrival = Instant.parse("2026-03-01T23:59:59.123Z");
            kinesis.clock().set(arrival);
            createStream(api, 1);

            PutRecordResponse first = putRecord(api, "größe", new byte[] {0, -1, 10});
            PutRecordsResponse others = putRecords(api, 499, 2_000);

            assertThat(first.shardId()).isEqualTo("shardId-000000000000");
            assertThat(others.failedRecordCount()).isZero();
            assertThat(others.records()).hasSize(499);
            GetRecordsResponse read = getRecords(api, "shardId-000000000000");
            assertThat(read.records()).hasSize(500);
            assertThat(read.records().get(0).partitionKey()).isEqualTo("größe");
            assertThat(read.records().get(0).data().asByteArray()).containsExactly(0, -1, 10);
            assertThat(read.records().get(0).sequenceNumber()).isEqualTo(first.sequenceNumber());
            assertThat(read.records().get(0).approximateArrivalTimestamp()).isEqualTo(arrival);
            assertThat(read.records().get(499).data().asByteArray())
                    .hasSize(2_000)
                    .contains(498 % 100);
            assertThat(read.millisBehindLatest()).isZero();
            assertThat(read.nextShardIterator()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void stream_whenCreated_isActiveWithItsShards(Wire wire) {
        try (LocalKinesis kinesis = LocalKinesis.start();
                Wire.Api api = wire.connect(kinesis.endpoint())) {
            Instant creation = Instant.parse("2026-03-01T10:00:00.500Z");
            kinesis.clock().set(creation);
            createStream(api, 3);

            var describe =
                    DescribeStreamSummaryRequest.builder().streamName("clicks").build();
            var summary = api.call(c -> c.describeStreamSummary(describe), c -> c.describeStreamSummary(describe))
                    .streamDescriptionSummary();
            assertThat(summary.streamStatusAsString()).isEqualTo("ACTIVE");
            assertThat(summary.openShardCount()).isEqualTo(3);
            assertThat(summary.streamARN()).isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/clicks");
            assertThat(summary.streamCreationTimestamp()).isEqualTo(creation);
            assertThat(listShards(api))
                    .extracting(Shard::shardId)
                    .containsExactly("shardId-000000000000", "shardId-000000000001", "shardId-000000000002");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void unknownStream_whenDescribed_isAnExceptionOfTheSdk(Wire wire) {
        try (LocalKinesis kinesis = LocalKinesis.start();
                Wire.Api api = wire.connect(kinesis.endpoint())) {
            var describe =
                    DescribeStreamSummaryRequest.builder().streamName("none").build();
            assertThatThrownBy(() ->
                            api.call(c -> c.describeStreamSummary(describe), c -> c.describeStreamSummary(describe)))
                    .isInstanceOfSatisfying(ResourceNotFoundException.class, e -> {
                        assertThat(e.awsErrorDetails().errorMessage())
                                .isEqualTo("Stream none under account 000000000000 not found.");
                        assertThat(e.statusCode()).isEqualTo(400);
                        assertThat(e.requestId()).isNotBlank();
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void fullRequest_ofTenMebibytes_isTakenAndReadBack(Wire wire) {
        try (LocalKinesis kinesis = LocalKinesis.builder()
                        .throughputLimits(ThroughputLimits.OFF)
                        .start();
                Wire.Api api = wire.connect(kinesis.endpoint())) {
            createStream(api, 1);
            PutRecordsResponse put = putRecords(api, 500, 20_960);
            assertThat(put.failedRecordCount()).isZero();
            GetRecordsResponse read = getRecords(api, "shardId-000000000000");
            assertThat(read.records()).hasSize(500);
            assertThat(read.records().get(499).data().asByteArray()).hasSize(20_960);
        }
    }

    private static void createStream(Wire.Api api, int shards) {
        var request = CreateStreamRequest.builder()
                .streamName("clicks")
                .shardCount(shards)
                .build();
        api.call(c -> c.createStream(request), c -> c.createStream(request));
    }

    private static PutRecordResponse putRecord(Wire.Api api, String key, byte[] data) {
        var request = PutRecordRequest.builder()
                .streamName("clicks")
                .partitionKey(key)
                .data(SdkBytes.fromByteArray(data))
                .build();
        return api.call(c -> c.putRecord(request), c -> c.putRecord(request));
    }

    private static PutRecordsResponse putRecords(Wire.Api api, int count, int size) {
        List<PutRecordsRequestEntry> entries = IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] data = new byte[size];
                    data[size / 2] = (byte) (i % 100);
                    return PutRecordsRequestEntry.builder()
                            .partitionKey("key-" + i)
                            .data(SdkBytes.fromByteArray(data))
                            .build();
                })
                .toList();
        var request = PutRecordsRequest.builder()
                .streamName("clicks")
                .records(entries)
                .build();
        return api.call(c -> c.putRecords(request), c -> c.putRecords(request));
    }

    private static List<Shard> listShards(Wire.Api api) {
        var request = ListShardsRequest.builder().streamName("clicks").build();
        return api.call(c -> c.listShards(request), c -> c.listShards(request)).shards();
    }

    private static GetRecordsResponse getRecords(Wire.Api api, String shardId) {
        var iterator = GetShardIteratorRequest.builder()
                .streamName("clicks")
                .shardId(shardId)
                .shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                .build();
        String at = api.call(c -> c.getShardIterator(iterator), c -> c.getShardIterator(iterator))
                .shardIterator();
        var request = GetRecordsRequest.builder().shardIterator(at).build();
        return api.call(c -> c.getRecords(request), c -> c.getRecords(request));
    }
}
