package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream's life and what is told of it. */
class StreamsIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    @Test
    void description_isThatOfANewStream() {
        TestStream stream = conformance.stream(3);
        StreamDescription description = conformance
                .client()
                .describeStream(r -> r.streamName(stream.name()))
                .streamDescription();
        assertThat(description.streamName()).isEqualTo(stream.name());
        assertThat(description.streamARN())
                .isEqualTo("arn:aws:kinesis:us-east-1:" + TestStream.ACCOUNT + ":stream/" + stream.name());
        assertThat(description.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
        assertThat(description.streamModeDetails().streamMode()).isEqualTo(StreamMode.PROVISIONED);
        assertThat(description.retentionPeriodHours()).isEqualTo(24);
        assertThat(description.encryptionType()).isEqualTo(EncryptionType.NONE);
        assertThat(description.streamCreationTimestamp())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(description.enhancedMonitoring()).singleElement().satisfies(m -> assertThat(m.shardLevelMetrics())
                .isEmpty());
        assertThat(description.hasMoreShards()).isFalse();
        assertThat(description.shards()).hasSize(3);
    }

    @Test
    void summary_countsOpenShardsAndConsumers() {
        TestStream stream = conformance.stream(2);
        stream.split(shardId(0), "1000");
        StreamDescriptionSummary summary = conformance
                .client()
                .describeStreamSummary(r -> r.streamName(stream.name()))
                .streamDescriptionSummary();
        assertThat(summary.openShardCount()).isEqualTo(3);
        assertThat(summary.consumerCount()).isZero();
        assertThat(summary.retentionPeriodHours()).isEqualTo(24);
        assertThat(summary.streamARN()).endsWith(":stream/" + stream.name());
    }

    @Test
    void description_comesInPages() {
        TestStream stream = conformance.stream(3);
        StreamDescription first = conformance
                .client()
                .describeStream(r -> r.streamName(stream.name()).limit(2))
                .streamDescription();
        StreamDescription second = conformance
                .client()
                .describeStream(r -> r.streamName(stream.name()).exclusiveStartShardId(shardId(1)))
                .streamDescription();
        assertThat(first.shards()).extracting(Shard::shardId).containsExactly(shardId(0), shardId(1));
        assertThat(first.hasMoreShards()).isTrue();
        assertThat(second.shards()).extracting(Shard::shardId).containsExactly(shardId(2));
        assertThat(second.hasMoreShards()).isFalse();
    }

    @Test
    void stream_isCreatingFirst() {
        String name = Conformance.freshName();
        conformance.client().createStream(r -> r.streamName(name).shardCount(1));
        assertThat(new TestStream(conformance.client(), name).status()).isEqualTo(StreamStatus.CREATING);
    }

    @Test
    void stream_isDeletingAtLast() {
        TestStream stream = conformance.stream(1);
        conformance.client().deleteStream(r -> r.streamName(stream.name()));
        assertThat(stream.statusIfThere()).contains(StreamStatus.DELETING);
    }

    @Test
    void stream_onDemand_beginsWithFourShards() {
        String name = Conformance.freshName();
        conformance.client().createStream(r -> r.streamName(name)
                .streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)));
        TestStream stream = new TestStream(conformance.client(), name);
        stream.awaitActive();
        assertThat(stream.shards()).hasSize(4);
        assertThat(conformance
                        .client()
                        .describeStreamSummary(r -> r.streamARN(stream.arn()))
                        .streamDescriptionSummary()
                        .streamModeDetails()
                        .streamMode())
                .isEqualTo(StreamMode.ON_DEMAND);
    }

    @Test
    void stream_createdAgain_isEmpty() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "x");
        conformance.client().deleteStream(r -> r.streamName(stream.name()));
        stream.awaitGone();
        TestStream.soon().ignoreException(ResourceInUseException.class).until(() -> {
            conformance.client().createStream(r -> r.streamName(stream.name()).shardCount(1));
            return true;
        });
        stream.awaitActive();
        assertThat(stream.data(stream.iterator(shardId(0), r -> r.shardIteratorType("TRIM_HORIZON"))))
                .isEmpty();
    }

    @Test
    void streams_areListedByName_inPages() {
        List<String> names =
                conformance.streams(3).stream().map(TestStream::name).toList();
        ListStreamsResponse page = after(names.get(0), 1);
        assertThat(page.streamNames()).containsExactly(names.get(1));
        assertThat(page.hasMoreStreams()).isTrue();
    }

    private static ListStreamsResponse after(String name, int limit) {
        return conformance.client().listStreams(r -> r.exclusiveStartStreamName(name)
                .limit(limit));
    }

    @Test
    void listing_mayBeginAfterANameThatNoStreamHas() {
        String name = conformance.streams(1).get(0).name();
        assertThat(after(name.substring(0, name.length() - 1), 1).streamNames()).containsExactly(name);
    }

    @Test
    void listing_hasATokenWhenThereIsMore() {
        List<TestStream> streams = conformance.streams(3);
        ListStreamsResponse page = after(streams.get(0).name(), 1);
        assertThat(page.nextToken()).isNotNull();
        assertThat(conformance
                        .client()
                        .listStreams(r -> r.nextToken(page.nextToken()).limit(1))
                        .streamNames())
                .containsExactly(streams.get(2).name());
    }

    @Test
    void listing_tellsMoreThanNames() {
        TestStream stream = conformance.streams(2).get(1);
        String before = stream.name().substring(0, stream.name().length() - 1) + "0";
        assertThat(after(before, 1).streamSummaries()).singleElement().satisfies(summary -> {
            assertThat(summary.streamName()).isEqualTo(stream.name());
            assertThat(summary.streamARN()).isEqualTo(stream.arn());
            assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
            assertThat(summary.streamModeDetails().streamMode()).isEqualTo(StreamMode.PROVISIONED);
            assertThat(summary.streamCreationTimestamp()).isNotNull();
        });
    }

    @Test
    void limits_countOpenShards() {
        int before = openShards();
        TestStream stream = conformance.stream(2);
        stream.merge(shardId(0), shardId(1));
        assertThat(openShards()).isEqualTo(before + 1);
    }

    private static int openShards() {
        return conformance.client().describeLimits().openShardCount();
    }

    @Test
    void stream_thatIsThere_isNotCreatedAgain() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> conformance.client().createStream(r -> r.streamName(stream.name())
                        .shardCount(1))))
                .isEqualTo("ResourceInUseException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "with/slash", "ü"})
    void name_ofOtherCharacters_isRefused(String name) {
        assertThat(Refusal.codeOf(() -> conformance.client().createStream(r -> r.streamName(name)
                        .shardCount(1))))
                .isEqualTo("ValidationException");
    }

    @Test
    void name_mayHave128Characters() {
        String longest = (Conformance.freshName() + "_.-" + "x".repeat(128)).substring(0, 128);
        conformance.client().createStream(r -> r.streamName(longest).shardCount(1));
        assertThat(Refusal.codeOf(() -> conformance.client().createStream(r -> r.streamName(longest + "x")
                        .shardCount(1))))
                .isEqualTo("ValidationException");
    }

    @Test
    void shardCount_ofNone_isRefused() {
        assertThat(Refusal.codeOf(() -> conformance.client().createStream(r -> r.streamName(Conformance.freshName())
                        .shardCount(0))))
                .isEqualTo("ValidationException");
    }
}
