package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clickstream.local.kinesis.Fault;
import dev.clickstream.local.kinesis.ThroughputLimits;
import dev.clickstream.producer.Transport.Entry;
import dev.clickstream.producer.Transport.Failure;
import dev.clickstream.producer.Transport.RequestFailedException;
import dev.clickstream.producer.Transport.Written;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** What the SDK does with a request, over real sockets. */
class KinesisTransportIT {

    private static final List<Entry> ENTRIES = List.of(new Entry("key", null, new byte[] {1}));

    /** How a client may have been told to retry. */
    @SuppressWarnings("deprecation") // users have the old way still
    static Stream<Named<Consumer<ClientOverrideConfiguration.Builder>>> retries() {
        return Stream.of(
                Named.of("by default", client -> {}),
                Named.of(
                        "a strategy",
                        client -> client.retryStrategy(
                                StandardRetryStrategy.builder().maxAttempts(5).build())),
                Named.of("a mode", client -> client.retryStrategy(RetryMode.ADAPTIVE_V2)),
                Named.of(
                        "a policy, the old way",
                        client -> client.retryPolicy(
                                RetryPolicy.builder().numRetries(4).build())));
    }

    @ParameterizedTest
    @MethodSource("retries")
    void request_whenTheServiceFails_isSentOnceHoweverTheClientRetries(
            Consumer<ClientOverrideConfiguration.Builder> retries) {
        try (AnsweringServer server = new AnsweringServer(500);
                KinesisAsyncClient client = http1(server.endpoint(), retries)) {
            assertThat(failure(client, "clicks").failure()).isEqualTo(Failure.UNKNOWN);
            assertThat(server.requests()).isEqualTo(1);

            Throwable byItself = catchThrowable(
                    () -> client.describeStream(d -> d.streamName("clicks")).join());
            assertThat(byItself).isNotNull();
            assertThat(server.requests()).as("the client's own retries").isGreaterThan(2);
        }
    }

    @Test
    void client_withAShorterTimeoutPerAttempt_losesAnswers() {
        try (LocalStream stream = new LocalStream(1, ThroughputLimits.OFF);
                KinesisAsyncClient client =
                        http1(stream.kinesis().endpoint(), o -> o.apiCallAttemptTimeout(Duration.ofMillis(50)))) {
            stream.kinesis().faults(1, Fault.latency(Duration.ofMillis(500)).on("PutRecords"));
            assertThat(failure(client, "clicks").failure()).isEqualTo(Failure.UNKNOWN);
        }
    }

    @Test
    void request_whenNobodyListens_isUnreachable() {
        // A port below 1024 that no service has; one that was just closed may be somebody else's by now.
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (KinesisAsyncClient client = http1(nowhere)) {
            assertThat(failure(client, "clicks").failure()).isEqualTo(Failure.UNREACHABLE);
        }
    }

    @Test
    void request_whenThereIsNoSuchStream_isRejected() {
        try (LocalStream stream = new LocalStream(1, ThroughputLimits.ENFORCED)) {
            RequestFailedException failure = failure(stream.client(), "none");
            assertThat(failure.failure()).isEqualTo(Failure.REJECTED);
            assertThat(failure.code()).isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    void request_whenTaken_tellsWhere() {
        try (LocalStream stream = new LocalStream(1, ThroughputLimits.ENFORCED)) {
            assertThat(transport(stream.client(), "clicks").send(ENTRIES).join())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Written.class,
                            written -> assertThat(written.receipt().shardId()).isEqualTo("shardId-000000000000"));
        }
    }

    private static RequestFailedException failure(KinesisAsyncClient client, String stream) {
        Throwable thrown =
                catchThrowable(() -> transport(client, stream).send(ENTRIES).join());
        return (RequestFailedException) thrown.getCause();
    }

    private static Transport transport(KinesisAsyncClient client, String stream) {
        return new KinesisTransport(client, stream, Duration.ofSeconds(5));
    }

    private static KinesisAsyncClient http1(URI endpoint) {
        return http1(endpoint, client -> {});
    }

    private static KinesisAsyncClient http1(URI endpoint, Consumer<ClientOverrideConfiguration.Builder> settings) {
        return LocalStream.client(endpoint, NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1), settings);
    }
}
