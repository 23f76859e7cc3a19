package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.Tag;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountResponse;

class StreamSettingsIT {

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(2);

    private StreamDescriptionSummary summary(String stream) {
        return endpoint.client()
                .describeStreamSummary(r -> r.streamName(stream))
                .streamDescriptionSummary();
    }

    private UpdateShardCountResponse scale(int target) {
        return endpoint.client()
                .updateShardCount(
                        r -> r.streamName("clicks").targetShardCount(target).scalingType(ScalingType.UNIFORM_SCALING));
    }

    private List<HashKeyRange> openRanges() {
        return endpoint.clicks().shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .map(Shard::hashKeyRange)
                .sorted(Comparator.comparing(range -> new BigInteger(range.startingHashKey())))
                .toList();
    }

    private List<HashKeyRange> uniform(int shards) {
        String name = "uniform-" + shards;
        endpoint.client().createStream(r -> r.streamName(name).shardCount(shards));
        List<HashKeyRange> ranges = endpoint.client().listShards(r -> r.streamName(name)).shards().stream()
                .map(Shard::hashKeyRange)
                .toList();
        endpoint.client().deleteStream(r -> r.streamName(name));
        return ranges;
    }

    @Test
    void updateShardCount_endsWithEqualRanges_andLosesNothing() {
        List<String> put = new ArrayList<>();
        for (int target : List.of(4, 3, 5, 7, 4, 2, 1)) {
            for (int i = 0; i < 40; i++) {
                put.add(target + ":" + i);
                endpoint.clicks().put("key-" + i, target + ":" + i);
            }
            UpdateShardCountResponse response = scale(target);
            assertThat(response.targetShardCount()).isEqualTo(target);
            assertThat(openRanges()).isEqualTo(uniform(target));
        }
        assertThat(endpoint.clicks().shards().stream()
                        .flatMap(shard -> endpoint.clicks().readAll(shard.shardId()).stream())
                        .map(record -> record.data().asUtf8String()))
                .containsExactlyInAnyOrderElementsOf(put);
    }

    @Test
    void updateShardCount_byMoreThanTwoTimes_isRefused() {
        assertThatThrownBy(() -> scale(5))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("UpdateShardCount cannot scale up over double your current open shard count."
                        + " Current open shard count: 2 Target shard count: 5");
        scale(4);
        assertThatThrownBy(() -> scale(1))
                .hasMessageStartingWith("UpdateShardCount cannot scale down below half your current open shard count.");
    }

    @Test
    void onDemandStream_splitsWhatIsTooHot() {
        try (LocalKinesis kinesis = LocalKinesis.start();
                var client =
                        Wire.with(KinesisClient.builder(), kinesis.endpoint()).build()) {
            client.createStream(r -> r.streamName("hot").streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)));
            Calls hot = new Calls(client, "hot");
            assertThat(hot.shards()).hasSize(4);
            assertThatThrownBy(() -> client.updateShardCount(
                            r -> r.streamName("hot").targetShardCount(8).scalingType(ScalingType.UNIFORM_SCALING)))
                    .isInstanceOf(KinesisException.class)
                    .hasMessageContaining("ON_DEMAND");
            var entries = IntStream.range(0, 500)
                    .mapToObj(i -> Calls.entry("key", "data"))
                    .toList();
            Awaitility.await().until(() -> {
                client.putRecords(r -> r.streamName("hot").records(entries));
                return hot.shards().size() > 4;
            });
            assertThat(client.putRecords(r -> r.streamName("hot").records(entries))
                            .failedRecordCount())
                    .isZero();
        }
    }

    @Test
    void streamMode_canBeChanged() {
        String arn = summary("clicks").streamARN();
        endpoint.client().updateStreamMode(r -> r.streamARN(arn).streamModeDetails(m -> m.streamMode("ON_DEMAND")));
        assertThat(summary("clicks").streamModeDetails().streamMode()).isEqualTo(StreamMode.ON_DEMAND);
    }

    @Test
    void maxRecordSize_decidesWhatIsTaken() {
        String arn = summary("clicks").streamARN();
        String large = "x".repeat(3 * 1_048_576);
        assertThat(summary("clicks").maxRecordSizeInKiB()).isEqualTo(1_024);
        assertThatThrownBy(() -> endpoint.clicks().put("k", large))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("exceed the stream's maximum record size of 1048576 bytes");
        endpoint.client().updateMaxRecordSize(r -> r.streamARN(arn).maxRecordSizeInKiB(4_096));
        assertThat(summary("clicks").maxRecordSizeInKiB()).isEqualTo(4_096);
        String shard = endpoint.clicks().put("k", large).shardId();
        assertThat(endpoint.clicks().readAll(shard))
                .singleElement()
                .satisfies(record -> assertThat(record.data().asUtf8String()).isEqualTo(large));
        assertThatThrownBy(() -> endpoint.client()
                        .updateMaxRecordSize(r -> r.streamARN(arn).maxRecordSizeInKiB(10_241)))
                .hasMessageContaining("Member must have value less than or equal to 10240");
    }

    @Test
    void encryption_isSaid() {
        endpoint.client().startStreamEncryption(r -> r.streamName("clicks")
                .encryptionType(EncryptionType.KMS)
                .keyId("alias/aws/kinesis"));
        assertThat(summary("clicks").encryptionType()).isEqualTo(EncryptionType.KMS);
        assertThat(summary("clicks").keyId()).isEqualTo("alias/aws/kinesis");
        endpoint.client().stopStreamEncryption(r -> r.streamName("clicks")
                .encryptionType(EncryptionType.KMS)
                .keyId("alias/aws/kinesis"));
        assertThat(summary("clicks").encryptionType()).isEqualTo(EncryptionType.NONE);
    }

    @Test
    void tags_canBeRemoved() {
        endpoint.client().addTagsToStream(r -> r.streamName("clicks").tags(Map.of("a", "1", "b", "2")));
        endpoint.client().removeTagsFromStream(r -> r.streamName("clicks").tagKeys("a", "none"));
        assertThat(endpoint.client()
                        .listTagsForStream(r -> r.streamName("clicks"))
                        .tags())
                .extracting(Tag::key)
                .containsExactly("b");
    }

    @Test
    void tags_canBeGivenWithTheStream() {
        endpoint.client().createStream(r -> r.streamName("tagged").shardCount(1).tags(Map.of("team", "clicks")));
        assertThat(endpoint.client()
                        .listTagsForStream(r -> r.streamName("tagged"))
                        .tags())
                .extracting(Tag::key, Tag::value)
                .containsExactly(tuple("team", "clicks"));
    }
}
