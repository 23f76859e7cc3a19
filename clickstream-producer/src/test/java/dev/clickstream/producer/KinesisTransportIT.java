package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clickstream.local.kinesis.ThroughputLimits;
import dev.clickstream.producer.Transport.Entry;
import dev.clickstream.producer.Transport.Failure;
import dev.clickstream.producer.Transport.RequestFailedException;
import dev.clickstream.producer.Transport.Written;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** What the SDK does with a request, over real sockets. */
class KinesisTransportIT {

    private static final List<Entry> ENTRIES = List.of(new Entry("key", null, new byte[] {1}));

    @Test
    void request_whenTheServiceFails_isSentOnceAlthoughTheClientRetries() {
        try (AnsweringServer server = new AnsweringServer(500);
                KinesisAsyncClient client = http1(server.endpoint())) {
            assertThat(failure(client, "clicks").failure()).isEqualTo(Failure.UNKNOWN);
            assertThat(server.requests()).isEqualTo(1);

            Throwable byItself = catchThrowable(
                    () -> client.describeStream(d -> d.streamName("clicks")).join());
            assertThat(byItself).isNotNull();
            assertThat(server.requests()).as("the client's own retries").isGreaterThan(2);
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
        return LocalStream.client(endpoint, NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1));
    }
}
