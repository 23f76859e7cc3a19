package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** Enhanced fan-out as the SDK's client sees it. */
class FanOutIT {

    private static final String FIRST = "shardId-000000000000";

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(1);

    private final List<Reader> readers = new ArrayList<>();
    private KinesisAsyncClient client;

    @BeforeEach
    void connect() {
        client = client(Protocol.HTTP2);
    }

    /** A client that is closed with a subscription open waits for ten seconds. */
    private void cancelAll() {
        readers.forEach(reader -> reader.ended.cancel(true));
    }

    @AfterEach
    void close() {
        cancelAll();
        client.close();
    }

    private KinesisAsyncClient client(Protocol protocol) {
        return Wire.with(KinesisAsyncClient.builder(), endpoint.kinesis().endpoint())
                .httpClientBuilder(Wire.netty().protocol(protocol))
                .build();
    }

    private String streamArn() {
        return client.describeStreamSummary(r -> r.streamName("clicks"))
                .join()
                .streamDescriptionSummary()
                .streamARN();
    }

    private String register(String name) {
        return client.registerStreamConsumer(r -> r.streamARN(streamArn()).consumerName(name))
                .join()
                .consumer()
                .consumerARN();
    }

    /** What a subscription was told, and how it ended. */
    private static final class Reader {
        final List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> ended;

        List<String> data() {
            return events.stream()
                    .flatMap(event -> event.records().stream())
                    .map(record -> record.data().asUtf8String())
                    .toList();
        }

        List<ChildShard> children() {
            return events.stream()
                    .flatMap(event -> event.childShards().stream())
                    .toList();
        }
    }

    private Reader subscribe(
            KinesisAsyncClient client, String consumer, String shard, Consumer<StartingPosition.Builder> from) {
        Reader reader = new Reader();
        readers.add(reader);
        reader.ended = client.subscribeToShard(
                r -> r.consumerARN(consumer).shardId(shard).startingPosition(from),
                SubscribeToShardResponseHandler.builder()
                        .subscriber(SubscribeToShardResponseHandler.Visitor.builder()
                                .onSubscribeToShardEvent(reader.events::add)
                                .build())
                        .build());
        return reader;
    }

    private static void soon(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(assertion::run);
    }

    private void put(int from, int to) {
        IntStream.range(from, to).forEach(i -> endpoint.clicks().put("k", "record " + i));
    }

    private static List<String> records(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "record " + i).toList();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void records_arePushedAsTheyCome_throughASplit(Protocol protocol) {
        try (KinesisAsyncClient reading = client(protocol)) {
            String consumer = register("app");
            put(0, 50);
            Reader reader = subscribe(reading, consumer, FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
            soon(() -> assertThat(reader.data()).isEqualTo(records(0, 50)));
            put(50, 60);
            soon(() -> assertThat(reader.data()).isEqualTo(records(0, 60)));

            endpoint.clicks().split(FIRST, "170141183460469231731687303715884105728");
            soon(() -> assertThat(reader.ended).isCompleted());
            assertThat(reader.children())
                    .extracting(ChildShard::shardId)
                    .containsExactly("shardId-000000000001", "shardId-000000000002");
            SubscribeToShardEvent last = reader.events.get(reader.events.size() - 1);
            assertThat(last.continuationSequenceNumber()).isNull();
            assertThat(reader.data()).isEqualTo(records(0, 60));

            put(60, 70);
            Reader left =
                    subscribe(reading, consumer, "shardId-000000000001", p -> p.type(ShardIteratorType.TRIM_HORIZON));
            Reader right =
                    subscribe(reading, consumer, "shardId-000000000002", p -> p.type(ShardIteratorType.TRIM_HORIZON));
            soon(() -> assertThat(left.data().size() + right.data().size()).isEqualTo(10));
            cancelAll();
        }
    }

    @Test
    void continuation_goesOnAfterTheLastRecord_andFromLatestBeforeTheNext() {
        String consumer = register("app");
        put(0, 3);
        Reader latest = subscribe(client, consumer, FIRST, p -> p.type(ShardIteratorType.LATEST));
        soon(() -> assertThat(latest.events).isNotEmpty());
        assertThat(latest.data()).isEmpty();
        assertThat(latest.events.get(0).millisBehindLatest()).isZero();
        String continuation = latest.events.get(0).continuationSequenceNumber();
        put(3, 5);
        soon(() -> assertThat(latest.data()).isEqualTo(records(3, 5)));

        String other = register("other");
        Reader after = subscribe(client, other, FIRST, p -> p.type(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                .sequenceNumber(continuation));
        soon(() -> assertThat(after.data()).isEqualTo(records(3, 5)));
        SubscribeToShardEvent last = after.events.get(after.events.size() - 1);
        assertThat(last.continuationSequenceNumber())
                .isEqualTo(last.records().get(last.records().size() - 1).sequenceNumber());
    }

    @Test
    void subscription_endsAfterFiveMinutes() {
        Reader reader = subscribe(client, register("app"), FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
        soon(() -> assertThat(reader.events).isNotEmpty());
        endpoint.kinesis().clock().advance(Duration.ofMinutes(5));
        soon(() -> assertThat(reader.ended).isCompleted());
    }

    @Test
    void secondSubscription_isRefusedWithinFiveSeconds_andTakesOverLater() {
        String consumer = register("app");
        Reader first = subscribe(client, consumer, FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
        soon(() -> assertThat(first.events).isNotEmpty());
        Reader tooSoon = subscribe(client, consumer, FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
        assertThatThrownBy(tooSoon.ended::join).hasCauseInstanceOf(ResourceInUseException.class);

        endpoint.kinesis().clock().advance(Duration.ofSeconds(5));
        Reader second = subscribe(client, consumer, FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
        assertThatThrownBy(first.ended::join).hasCauseInstanceOf(ResourceInUseException.class);
        put(0, 1);
        soon(() -> assertThat(second.data()).isEqualTo(records(0, 1)));
        assertThat(first.data()).isEmpty();
    }

    @Test
    void deregisteredConsumer_andDeletedStream_endTheirSubscriptions() {
        String consumer = register("app");
        Reader reader = subscribe(client, consumer, FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
        soon(() -> assertThat(reader.events).isNotEmpty());
        client.deregisterStreamConsumer(r -> r.consumerARN(consumer)).join();
        assertThatThrownBy(reader.ended::join).hasCauseInstanceOf(ResourceNotFoundException.class);

        Reader other = subscribe(client, register("other"), FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
        soon(() -> assertThat(other.events).isNotEmpty());
        assertThatThrownBy(
                        () -> client.deleteStream(r -> r.streamName("clicks")).join())
                .hasCauseInstanceOf(ResourceInUseException.class);
        client.deleteStream(r -> r.streamName("clicks").enforceConsumerDeletion(true))
                .join();
        assertThatThrownBy(other.ended::join).hasCauseInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void consumers_areRegistered_described_listed_andLimited() {
        String arn = register("app");
        assertThat(arn).matches(streamArn() + "/consumer/app:\\d+");
        assertThatThrownBy(() -> register("app")).hasCauseInstanceOf(ResourceInUseException.class);
        var byArn =
                client.describeStreamConsumer(r -> r.consumerARN(arn)).join().consumerDescription();
        assertThat(byArn.consumerStatus()).isEqualTo(ConsumerStatus.ACTIVE);
        assertThat(byArn.streamARN()).isEqualTo(streamArn());
        assertThat(client.describeStreamConsumer(r -> r.streamARN(streamArn()).consumerName("app"))
                        .join()
                        .consumerDescription())
                .isEqualTo(byArn);

        IntStream.range(1, 20).forEach(i -> register("app-" + i));
        assertThatThrownBy(() -> register("one-too-many")).hasCauseInstanceOf(LimitExceededException.class);
        var page = client.listStreamConsumers(r -> r.streamARN(streamArn()).maxResults(15))
                .join();
        var rest = client.listStreamConsumers(r -> r.streamARN(streamArn()).nextToken(page.nextToken()))
                .join();
        assertThat(page.consumers()).hasSize(15);
        assertThat(rest.consumers()).hasSize(5);
        assertThat(rest.nextToken()).isNull();
        assertThat(client.describeStreamSummary(r -> r.streamName("clicks"))
                        .join()
                        .streamDescriptionSummary()
                        .consumerCount())
                .isEqualTo(20);

        client.deregisterStreamConsumer(r -> r.consumerARN(arn)).join();
        assertThatThrownBy(() ->
                        client.describeStreamConsumer(r -> r.consumerARN(arn)).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void quietShard_isHeardOfAllTheSame() {
        Reader reader = subscribe(client, register("app"), FIRST, p -> p.type(ShardIteratorType.TRIM_HORIZON));
        soon(() -> assertThat(reader.events).hasSizeGreaterThanOrEqualTo(2));
        assertThat(reader.data()).isEmpty();
        assertThat(reader.events).allSatisfy(event -> {
            assertThat(event.continuationSequenceNumber()).isNotNull();
            assertThat(event.millisBehindLatest()).isZero();
        });
    }
}
