package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.Tag;

class StreamsIT {

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(3);

    @Test
    void describeStream_listsShardsInPages() {
        KinesisClient client = endpoint.client();
        var first = client.describeStream(r -> r.streamName("clicks").limit(2)).streamDescription();
        assertThat(first.streamStatusAsString()).isEqualTo("ACTIVE");
        assertThat(first.hasMoreShards()).isTrue();
        assertThat(first.shards()).hasSize(2);
        assertThat(first.retentionPeriodHours()).isEqualTo(24);
        var rest = client.describeStream(r -> r.streamName("clicks").exclusiveStartShardId("shardId-000000000001"))
                .streamDescription();
        assertThat(rest.hasMoreShards()).isFalse();
        assertThat(rest.shards()).hasSize(1);
    }

    @Test
    void createStream_ofATakenNameOrAWrongOne_isRefused() {
        KinesisClient client = endpoint.client();
        assertThatThrownBy(() -> client.createStream(r -> r.streamName("clicks").shardCount(1)))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("Stream clicks under account 000000000000 already exists.");
        assertThatThrownBy(() -> client.createStream(r -> r.streamName("a b").shardCount(0)))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("2 validation errors detected: Value 'a b' at 'streamName' failed to satisfy"
                        + " constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '0' at"
                        + " 'shardCount' failed to satisfy constraint: Member must have value greater than or equal"
                        + " to 1");
        assertThatThrownBy(() -> client.createStream(r -> r.streamName("new")))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void onDemandStream_beginsWithFourShards() {
        KinesisClient client = endpoint.client();
        client.createStream(r -> r.streamName("new").streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)));
        var summary = client.describeStreamSummary(r -> r.streamName("new")).streamDescriptionSummary();
        assertThat(summary.openShardCount()).isEqualTo(4);
        assertThat(summary.streamModeDetails().streamMode()).isEqualTo(StreamMode.ON_DEMAND);
        var limits = client.describeLimits();
        assertThat(limits.openShardCount()).isEqualTo(7);
        assertThat(limits.onDemandStreamCount()).isEqualTo(1);
    }

    @Test
    void deletedStream_isGone() {
        KinesisClient client = endpoint.client();
        client.deleteStream(r -> r.streamName("clicks"));
        assertThatThrownBy(() -> client.describeStream(r -> r.streamName("clicks")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client.deleteStream(r -> r.streamName("clicks")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThat(client.listStreams().streamNames()).isEmpty();
    }

    @Test
    void listStreams_inPages_givesEachOnce() {
        KinesisClient client = endpoint.client();
        List.of("b", "a", "z")
                .forEach(name -> client.createStream(r -> r.streamName(name).shardCount(1)));
        var first = client.listStreams(r -> r.limit(3));
        assertThat(first.streamNames()).containsExactly("a", "b", "clicks");
        assertThat(first.hasMoreStreams()).isTrue();
        var second = client.listStreams(r -> r.nextToken(first.nextToken()));
        assertThat(second.streamNames()).containsExactly("z");
        assertThat(second.hasMoreStreams()).isFalse();
        assertThat(client.listStreams(r -> r.exclusiveStartStreamName("b")).streamNames())
                .containsExactly("clicks", "z");
    }

    @Test
    void retention_growsAndShrinksWithinItsBounds() {
        KinesisClient client = endpoint.client();
        client.increaseStreamRetentionPeriod(r -> r.streamName("clicks").retentionPeriodHours(48));
        assertThat(retention()).isEqualTo(48);
        assertThatThrownBy(() -> client.increaseStreamRetentionPeriod(
                        r -> r.streamName("clicks").retentionPeriodHours(30)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Requested retention period (30 hours) for stream clicks can not be shorter than"
                        + " existing retention period (48 hours). Use DecreaseRetentionPeriod API.");
        client.decreaseStreamRetentionPeriod(r -> r.streamName("clicks").retentionPeriodHours(24));
        assertThat(retention()).isEqualTo(24);
        assertThatThrownBy(() -> client.decreaseStreamRetentionPeriod(
                        r -> r.streamName("clicks").retentionPeriodHours(23)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Minimum allowed retention period is 24 hours. Requested retention period (23"
                        + " hours) is too short.");
        assertThatThrownBy(() -> client.increaseStreamRetentionPeriod(
                        r -> r.streamName("clicks").retentionPeriodHours(8_761)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    private int retention() {
        return endpoint.client()
                .describeStreamSummary(r -> r.streamName("clicks"))
                .streamDescriptionSummary()
                .retentionPeriodHours();
    }

    @Test
    void tags_areAddedReplacedAndListedInOrder() {
        KinesisClient client = endpoint.client();
        client.addTagsToStream(r -> r.streamName("clicks").tags(Map.of("team", "shop", "Data", "eA==")));
        client.addTagsToStream(r -> r.streamName("clicks").tags(Map.of("team", "web")));
        var tags = client.listTagsForStream(r -> r.streamName("clicks"));
        assertThat(tags.tags())
                .containsExactly(
                        Tag.builder().key("Data").value("eA==").build(),
                        Tag.builder().key("team").value("web").build());
        assertThat(tags.hasMoreTags()).isFalse();
        var page = client.listTagsForStream(r -> r.streamName("clicks").limit(1));
        assertThat(page.tags()).hasSize(1);
        assertThat(page.hasMoreTags()).isTrue();

        Map<String, String> tooMany = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            tooMany.put("tag" + i, "");
        }
        assertThatThrownBy(
                        () -> client.addTagsToStream(r -> r.streamName("clicks").tags(tooMany)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("cannot have more than 50 tags");
        assertThat(client.listTagsForStream(r -> r.streamName("clicks")).tags()).hasSize(2);
    }
}
