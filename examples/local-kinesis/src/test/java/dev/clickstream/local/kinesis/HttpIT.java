package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes over the wire, without an SDK in between. */
class HttpIT {

    private static final String JSON = "application/x-amz-json-1.1";

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> post(String target, String contentType, String body) throws Exception {
        URI uri = endpoint.kinesis().endpoint().resolve("/");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-Amz-Target", target)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answer_hasTypeAndRequestId_andWhatHasNoResultNoBody() throws Exception {
        var created = post("Kinesis_20131202.CreateStream", JSON, "{\"StreamName\":\"new\",\"ShardCount\":1}");
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.body()).isEmpty();
        assertThat(created.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(created.headers().firstValue("Content-Type")).contains(JSON);
    }

    @Test
    void record_inJson_isBase64WithSecondsOfArrival() throws Exception {
        endpoint.kinesis().clock().set(Instant.ofEpochMilli(1_772_366_400_123L));
        post(
                "Kinesis_20131202.PutRecord",
                JSON,
                "{\"StreamName\":\"clicks\",\"PartitionKey\":\"k\",\"Data\":\"/wA=\"}");
        var at = post(
                "Kinesis_20131202.GetShardIterator",
                JSON,
                "{\"StreamName\":\"clicks\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":\"AT_TIMESTAMP\","
                        + "\"Timestamp\":1772366400.123}");
        var read = post("Kinesis_20131202.GetRecords", JSON, at.body());
        assertThat(read.body())
                .contains(
                        "\"Data\":\"/wA=\"",
                        "\"ApproximateArrivalTimestamp\":1772366400.123",
                        "\"PartitionKey\":\"k\"");
    }

    @Test
    void unknownOperations_areToldFromThoseNotOffered() throws Exception {
        var unknown = post("Kinesis_20131202.PutRecrod", JSON, "{}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body())
                .isEqualTo("{\"__type\":\"UnknownOperationException\",\"message\":\"Kinesis has no operation of this"
                        + " target; expected Kinesis_20131202.<operation>\"}");
        assertThat(post("Kinesis_20131202.EnableEnhancedMonitoring", JSON, "{}").body())
                .contains("local-kinesis does not offer EnableEnhancedMonitoring");
    }

    @Test
    void malformedRequests_areSerializationExceptions_withoutQuotingThem() throws Exception {
        var malformed = post("Kinesis_20131202.PutRecord", JSON, "{\"secret\":");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body())
                .isEqualTo(
                        "{\"__type\":\"SerializationException\",\"message\":\"the request is not well-formed JSON\"}");
        assertThat(post("Kinesis_20131202.PutRecord", JSON, "[]").body()).contains("SerializationException");
        assertThat(post("Kinesis_20131202.PutRecord", JSON, "").body()).contains("SerializationException");
        assertThat(post("Kinesis_20131202.PutRecord", JSON, "{\"StreamName\":1}")
                        .body())
                .contains("StreamName: java.lang.Long can not be converted to an String");
        assertThat(post(
                                "Kinesis_20131202.PutRecord",
                                JSON,
                                "{\"StreamName\":\"clicks\",\"PartitionKey\":\"k\",\"Data\":\"?\"}")
                        .body())
                .contains("SerializationException", "Data: not base64");
        assertThat(post("Kinesis_20131202.PutRecord", "text/plain", "{}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void garbage_isRefusedAndTheConnectionClosed() throws IOException {
        assertThat(exchange("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
    }

    @Test
    void connection_thatAsksForIt_isClosedAfterTheAnswer_alsoWhenTheRequestComesInPieces() throws IOException {
        String body = "{\"StreamName\":\"clicks\"}";
        assertThat(exchange(
                        "POS", // as the beginning of neither protocol can tell
                        "T / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + JSON
                                + "\r\nX-Amz-Target: Kinesis_20131202.ListShards\r\nContent-Length: " + body.length()
                                + "\r\n\r\n",
                        body))
                .startsWith("HTTP/1.1 200 OK")
                .contains("shardId-000000000000");
    }

    @Test
    void request_largerThanAnyOperationTakes_isRefused() throws IOException {
        assertThat(exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\r\n", "x".repeat(33_554_433)))
                .startsWith("HTTP/1.1 413 ");
    }

    /** Sends the pieces and reads until the other side closes. */
    private String exchange(String... pieces) throws IOException {
        URI uri = endpoint.kinesis().endpoint();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (String piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            StringBuilder answer = new StringBuilder();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer.append(line).append('\n');
            }
            return answer.toString();
        }
    }
}
