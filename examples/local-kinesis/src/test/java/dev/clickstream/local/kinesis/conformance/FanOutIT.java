package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.MIDDLE;
import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AFTER_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.LATEST;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** Records pushed to registered consumers. */
class FanOutIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static KinesisAsyncClient client;

    @BeforeAll
    static void connect() {
        client = conformance.asyncClient();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    private static String consumer(TestStream stream) {
        String arn = conformance
                .client()
                .registerStreamConsumer(r -> r.streamARN(stream.arn()).consumerName(stream.name()))
                .consumer()
                .consumerARN();
        TestStream.soon().until(() -> conformance
                .client()
                .describeStreamConsumer(r -> r.consumerARN(arn))
                .consumerDescription()
                .consumerStatus()
                .equals(ConsumerStatus.ACTIVE));
        return arn;
    }

    /** A subscription under way and what it was told. */
    private record Subscription(Queue<SubscribeToShardEvent> events, CompletableFuture<Void> end)
            implements AutoCloseable {

        static Subscription to(String shardId, String consumerArn, StartingPosition position) {
            Queue<SubscribeToShardEvent> events = new ConcurrentLinkedQueue<>();
            SubscribeToShardResponseHandler handler = SubscribeToShardResponseHandler.builder()
                    .subscriber(event -> events.add((SubscribeToShardEvent) event))
                    .build();
            return new Subscription(
                    events,
                    client.subscribeToShard(
                            r -> r.consumerARN(consumerArn).shardId(shardId).startingPosition(position), handler));
        }

        List<String> data() {
            return events.stream()
                    .flatMap(event -> event.records().stream())
                    .map(r -> r.data().asUtf8String())
                    .toList();
        }

        void awaitEvent() {
            TestStream.soon().until(() -> !events.isEmpty());
        }

        String refusal() {
            TestStream.soon().until(() -> end.isDone() || !events.isEmpty());
            assertThat(events).as("was not refused").isEmpty();
            try {
                end.join();
            } catch (CompletionException e) {
                return ((KinesisException) e.getCause()).awsErrorDetails().errorCode();
            }
            throw new AssertionError("was not refused");
        }

        @Override
        public void close() {
            end.cancel(true);
        }
    }

    private static StartingPosition at(ShardIteratorType type) {
        return StartingPosition.builder().type(type).build();
    }

    @Test
    void fromTrimHorizon_comesWhatIsThere_andThenWhatIsPut() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        try (Subscription subscription = Subscription.to(shardId(0), consumer(stream), at(TRIM_HORIZON))) {
            TestStream.soon().until(() -> subscription.data().equals(List.of("1")));
            stream.put("k", "2");
            TestStream.soon().until(() -> subscription.data().equals(List.of("1", "2")));
        }
    }

    @Test
    void fromLatest_comesWhatIsPutAfterwards() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        try (Subscription subscription = Subscription.to(shardId(0), consumer(stream), at(LATEST))) {
            subscription.awaitEvent();
            stream.put("k", "2");
            TestStream.soon().until(() -> subscription.data().equals(List.of("2")));
        }
    }

    @Test
    void afterASequenceNumber_comesTheNext() {
        TestStream stream = conformance.stream(1);
        String first = stream.put("k", "1").sequenceNumber();
        stream.put("k", "2");
        StartingPosition position = StartingPosition.builder()
                .type(AFTER_SEQUENCE_NUMBER)
                .sequenceNumber(first)
                .build();
        try (Subscription subscription = Subscription.to(shardId(0), consumer(stream), position)) {
            TestStream.soon().until(() -> subscription.data().equals(List.of("2")));
        }
    }

    @Test
    void event_saysWhereToGoOn_andHowFarBehindItIs() {
        TestStream stream = conformance.stream(1);
        String number = stream.put("k", "1").sequenceNumber();
        try (Subscription subscription = Subscription.to(shardId(0), consumer(stream), at(TRIM_HORIZON))) {
            TestStream.soon().until(() -> !subscription.data().isEmpty());
            SubscribeToShardEvent event = subscription.events().stream()
                    .filter(e -> !e.records().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(event.records().get(0).sequenceNumber()).isEqualTo(number);
            assertThat(event.continuationSequenceNumber()).isEqualTo(number);
            assertThat(event.millisBehindLatest()).isZero();
        }
    }

    /** With a record in a shard that is closed. */
    private static TestStream split() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        stream.split(shardId(0), MIDDLE);
        return stream;
    }

    @Test
    void closedShard_whenReadToItsEnd_endsTheSubscription() {
        TestStream stream = split();
        try (Subscription subscription = Subscription.to(shardId(0), consumer(stream), at(TRIM_HORIZON))) {
            TestStream.soon().until(() -> subscription.end().isDone());
            assertThat(subscription.end()).isCompleted();
            assertThat(subscription.data()).containsExactly("1");
        }
    }

    @Test
    void closedShard_atItsEnd_tellsItsChildren_andNoPlaceToGoOn() {
        TestStream stream = split();
        try (Subscription subscription = Subscription.to(shardId(0), consumer(stream), at(TRIM_HORIZON))) {
            TestStream.soon().until(() -> subscription.events().stream().anyMatch(e -> e.hasChildShards()));
            SubscribeToShardEvent last = subscription.events().stream()
                    .filter(SubscribeToShardEvent::hasChildShards)
                    .findFirst()
                    .orElseThrow();
            assertThat(last.continuationSequenceNumber()).isNull();
            assertThat(last.childShards()).extracting(ChildShard::shardId).containsExactly(shardId(1), shardId(2));
        }
    }

    @Test
    void consumerThatThereIsNot_isRefused() {
        TestStream stream = conformance.stream(1);
        String arn = stream.arn() + "/consumer/nobody:1700000000";
        try (Subscription subscription = Subscription.to(shardId(0), arn, at(LATEST))) {
            assertThat(subscription.refusal()).isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    void shardThatThereIsNot_isRefused() {
        TestStream stream = conformance.stream(1);
        try (Subscription subscription = Subscription.to(shardId(5), consumer(stream), at(LATEST))) {
            assertThat(subscription.refusal()).isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    void secondSubscription_withinFiveSeconds_isRefused() {
        TestStream stream = conformance.stream(1);
        String arn = consumer(stream);
        try (Subscription first = Subscription.to(shardId(0), arn, at(LATEST))) {
            first.awaitEvent();
            try (Subscription second = Subscription.to(shardId(0), arn, at(LATEST))) {
                TestStream.soon()
                        .until(() -> second.end().isDone() || !second.events().isEmpty());
                assertThat(second.events()).isEmpty();
                assertThat(second.refusal()).isEqualTo("ResourceInUseException");
            }
        }
    }
}
