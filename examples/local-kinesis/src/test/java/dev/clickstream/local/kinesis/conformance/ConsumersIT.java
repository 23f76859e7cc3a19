package dev.clickstream.local.kinesis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerDescription;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.ListStreamConsumersResponse;

/** The registration of consumers for enhanced fan-out. */
class ConsumersIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static Consumer register(TestStream stream, String name) {
        Consumer consumer = conformance
                .client()
                .registerStreamConsumer(r -> r.streamARN(stream.arn()).consumerName(name))
                .consumer();
        TestStream.soon().until(() -> describe(consumer.consumerARN()).consumerStatus() == ConsumerStatus.ACTIVE);
        return consumer;
    }

    private static ConsumerDescription describe(String arn) {
        return conformance
                .client()
                .describeStreamConsumer(r -> r.consumerARN(arn))
                .consumerDescription();
    }

    @Test
    void consumer_isCreatingFirst_andHasAnArnUnderItsStream() {
        TestStream stream = conformance.stream(1);
        Consumer consumer = register(stream, "reader");
        assertThat(consumer.consumerName()).isEqualTo("reader");
        assertThat(consumer.consumerStatus()).isEqualTo(ConsumerStatus.CREATING);
        assertThat(consumer.consumerCreationTimestamp()).isNotNull();
        assertThat(consumer.consumerARN()).matches(Pattern.quote(stream.arn()) + "/consumer/reader:\\d{10,}");
    }

    @Test
    void consumer_isDescribed_byItsArn_andByItsNameAndStream() {
        TestStream stream = conformance.stream(1);
        String arn = register(stream, "reader").consumerARN();
        ConsumerDescription byName = conformance
                .client()
                .describeStreamConsumer(r -> r.streamARN(stream.arn()).consumerName("reader"))
                .consumerDescription();
        assertThat(byName.consumerARN()).isEqualTo(arn);
        assertThat(describe(arn).consumerName()).isEqualTo("reader");
        assertThat(describe(arn).streamARN()).isEqualTo(stream.arn());
    }

    @Test
    void consumers_areListed() {
        TestStream stream = conformance.stream(1);
        register(stream, "one");
        register(stream, "two");
        assertThat(list(stream).consumers()).extracting(Consumer::consumerName).containsExactlyInAnyOrder("one", "two");
        assertThat(list(stream).nextToken()).isNull();
    }

    private static ListStreamConsumersResponse list(TestStream stream) {
        return conformance.client().listStreamConsumers(r -> r.streamARN(stream.arn()));
    }

    @Test
    void consumers_areListedInPages() {
        TestStream stream = conformance.stream(1);
        register(stream, "one");
        register(stream, "two");
        ListStreamConsumersResponse first = conformance.client().listStreamConsumers(r -> r.streamARN(stream.arn())
                .maxResults(1));
        ListStreamConsumersResponse second = conformance.client().listStreamConsumers(r -> r.streamARN(stream.arn())
                .maxResults(1)
                .nextToken(first.nextToken()));
        assertThat(first.consumers()).hasSize(1);
        assertThat(second.consumers()).hasSize(1).doesNotContainAnyElementsOf(first.consumers());
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void consumers_areCountedInTheStreamsSummary() {
        TestStream stream = conformance.stream(1);
        register(stream, "reader");
        assertThat(conformance
                        .client()
                        .describeStreamSummary(r -> r.streamName(stream.name()))
                        .streamDescriptionSummary()
                        .consumerCount())
                .isEqualTo(1);
    }

    @Test
    void consumer_isNotRegisteredTwice() {
        TestStream stream = conformance.stream(1);
        register(stream, "reader");
        assertThat(Refusal.codeOf(() -> register(stream, "reader"))).isEqualTo("ResourceInUseException");
    }

    @Test
    void consumer_whenDeregistered_isGone() {
        TestStream stream = conformance.stream(1);
        register(stream, stream.name());
        conformance.client().deregisterStreamConsumer(r -> r.streamARN(stream.arn())
                .consumerName(stream.name()));
        TestStream.soon().until(() -> list(stream).consumers().isEmpty());
        assertThat(Refusal.codeOf(() -> conformance.client().describeStreamConsumer(r -> r.streamARN(stream.arn())
                        .consumerName(stream.name()))))
                .isEqualTo("ResourceNotFoundException");
    }

    @Test
    void consumer_isDeregisteredByItsArn() {
        TestStream stream = conformance.stream(1);
        String arn = register(stream, stream.name()).consumerARN();
        conformance.client().deregisterStreamConsumer(r -> r.consumerARN(arn));
        TestStream.soon().until(() -> list(stream).consumers().isEmpty());
    }

    @Test
    void consumersOfOneName_onTwoStreams_areTwo() {
        List<TestStream> streams = conformance.streams(2);
        String name = streams.get(0).name();
        streams.forEach(stream -> register(stream, name));
        conformance
                .client()
                .deregisterStreamConsumer(r -> r.streamARN(streams.get(1).arn()).consumerName(name));
        TestStream.soon().until(() -> list(streams.get(1)).consumers().isEmpty());
        assertThat(list(streams.get(0)).consumers()).hasSize(1);
    }

    @Test
    void consumer_registeredAgain_hasAnotherArn() {
        TestStream stream = conformance.stream(1);
        String before = register(stream, stream.name()).consumerARN();
        conformance.client().deregisterStreamConsumer(r -> r.consumerARN(before));
        TestStream.soon().until(() -> list(stream).consumers().isEmpty());
        // The second of registration is the last part of the ARN.
        TestStream.soon().until(() -> System.currentTimeMillis() / 1_000 > second(before));
        assertThat(register(stream, stream.name()).consumerARN()).isNotEqualTo(before);
    }

    private static long second(String arn) {
        return Long.parseLong(arn.substring(arn.lastIndexOf(':') + 1));
    }

    @Test
    void consumers_areTwentyAtMost() {
        TestStream stream = conformance.stream(1);
        for (int i = 0; i < 20; i++) {
            register(stream, "reader" + i);
        }
        assertThat(Refusal.codeOf(() -> register(stream, "one-more"))).isEqualTo("LimitExceededException");
    }

    @Test
    void consumer_ofAStreamThatThereIsNot_isRefused() {
        TestStream stream = new TestStream(conformance.client(), Conformance.freshName());
        assertThat(Refusal.codeOf(() -> register(stream, "reader"))).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void stream_withConsumers_isNotDeletedUnlessThatIsEnforced() {
        TestStream stream = conformance.stream(1);
        register(stream, "reader");
        assertThat(Refusal.codeOf(() -> conformance.client().deleteStream(r -> r.streamName(stream.name()))))
                .isEqualTo("ResourceInUseException");
        conformance.client().deleteStream(r -> r.streamName(stream.name()).enforceConsumerDeletion(true));
        stream.awaitGone();
    }
}
