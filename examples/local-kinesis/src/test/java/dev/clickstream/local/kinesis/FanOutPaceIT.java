package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * Fan-out of a backlog, of events so large that a connection stops being writable and is writable again while it is being
 * written to.
 */
class FanOutPaceIT {

    private static final String FIRST = "shardId-000000000000";
    private static final int LARGE = 1_000_000;

    /** More than a connection calls writable, less than a socket takes at once. */
    private static final int MEDIUM = 150_000;

    private static LocalKinesis endpoint() {
        return LocalKinesis.builder().stream("clicks", 1)
                .throughputLimits(ThroughputLimits.ENFORCED)
                .start();
    }

    private static KinesisClient client(LocalKinesis kinesis) {
        return Wire.with(KinesisClient.builder(), kinesis.endpoint()).build();
    }

    private static String register(KinesisClient client) {
        String stream = client.describeStreamSummary(r -> r.streamName("clicks"))
                .streamDescriptionSummary()
                .streamARN();
        return client.registerStreamConsumer(r -> r.streamARN(stream).consumerName("app"))
                .consumer()
                .consumerARN();
    }

    /** A second of the shard's write capacity each. */
    private static void put(LocalKinesis kinesis, KinesisClient client, int records, int bytes) {
        for (int i = 0; i < records; i++) {
            client.putRecord(
                    r -> r.streamName("clicks").partitionKey("k").data(SdkBytes.fromByteArray(new byte[bytes])));
            kinesis.clock().advance(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void backlog_isPushedWithTwoMegabytesASecond(Protocol protocol) throws Exception {
        int records = 8;
        try (LocalKinesis kinesis = endpoint();
                KinesisClient client = client(kinesis);
                KinesisAsyncClient reading = Wire.with(KinesisAsyncClient.builder(), kinesis.endpoint())
                        .httpClientBuilder(Wire.netty().protocol(protocol))
                        .build()) {
            String consumer = register(client);
            put(kinesis, client, records, LARGE);
            client.splitShard(r -> r.streamName("clicks")
                    .shardToSplit(FIRST)
                    .newStartingHashKey("170141183460469231731687303715884105728"));
            AtomicInteger seen = new AtomicInteger();
            long begun = System.nanoTime();
            reading.subscribeToShard(
                            r -> r.consumerARN(consumer)
                                    .shardId(FIRST)
                                    .startingPosition(p -> p.type(ShardIteratorType.TRIM_HORIZON)),
                            SubscribeToShardResponseHandler.builder()
                                    .subscriber(SubscribeToShardResponseHandler.Visitor.builder()
                                            .onSubscribeToShardEvent(event -> seen.addAndGet(
                                                    event.records().size()))
                                            .build())
                                    .build())
                    .get(30, TimeUnit.SECONDS);
            assertThat(seen).hasValue(records);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(3_300));
        }
    }

    @Test
    void closedShardsBacklog_endsOnce_andItsConnectionServesOn() throws IOException {
        try (LocalKinesis kinesis = endpoint();
                KinesisClient client = client(kinesis);
                Socket socket = new Socket(
                        kinesis.endpoint().getHost(), kinesis.endpoint().getPort())) {
            socket.setSoTimeout(15_000);
            String consumer = register(client);
            put(kinesis, client, 2, LARGE);
            put(kinesis, client, 1, MEDIUM);
            client.splitShard(r -> r.streamName("clicks")
                    .shardToSplit(FIRST)
                    .newStartingHashKey("170141183460469231731687303715884105728"));
            send(
                    socket,
                    "SubscribeToShard",
                    "{\"ConsumerARN\":\"" + consumer + "\",\"ShardId\":\"" + FIRST
                            + "\",\"StartingPosition\":{\"Type\":\"TRIM_HORIZON\"}}",
                    "keep-alive");
            String events = read(socket, "\r\n0\r\n\r\n");
            assertThat(events.split("\"ChildShards\"", -1)).hasSize(2);

            send(socket, "ListShards", "{\"StreamName\":\"clicks\"}", "close");
            assertThat(read(socket, null)).startsWith("HTTP/1.1 200 OK").contains("shardId-000000000002");
        }
    }

    private static void send(Socket socket, String operation, String body, String connection) throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: x\r\nConnection: " + connection
                + "\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: Kinesis_20131202." + operation
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Reads until what was read ends like this, or else until the other side closes. */
    private static String read(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[65_536];
        String tail = "";
        for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
            all.write(piece, 0, size);
            tail += new String(piece, Math.max(0, size - 16), Math.min(16, size), StandardCharsets.ISO_8859_1);
            tail = tail.substring(Math.max(0, tail.length() - 16));
            if (end != null && tail.endsWith(end)) {
                break;
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }
}
