package dev.clickstream.local.kinesis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire in JSON, without an SDK. */
class ProtocolIT {

    private static final String JSON = "application/x-amz-json-1.1";
    private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/kinesis/aws4_request,"
            + " SignedHeaders=host, Signature=0000000000000000000000000000000000000000000000000000000000000000";

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static HttpResponse<String> post(String target, String body) throws Exception {
        return send(HttpRequest.newBuilder(conformance.endpoint())
                .header("Content-Type", JSON)
                .header("X-Amz-Target", target)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Authorization", SIGNED)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> call(String operation, String body) throws Exception {
        return post("Kinesis_20131202." + operation, body);
    }

    @Test
    void answer_isJsonWithARequestId() throws Exception {
        HttpResponse<String> answer = call("ListStreams", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(answer.headers().firstValue("x-amzn-RequestId"))
                .get()
                .asString()
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(answer.body()).contains("\"StreamNames\":[").contains("\"HasMoreStreams\":");
    }

    @Test
    void timestamps_areSecondsWithAFraction_andBlobsBase64() throws Exception {
        TestStream stream = conformance.stream(1);
        stream.put("k", "data");
        String iterator = stream.iterator(TestStream.shardId(0), r -> r.shardIteratorType("TRIM_HORIZON"));
        assertThat(call("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}")
                        .body())
                .containsPattern("\"ApproximateArrivalTimestamp\":1[0-9.]{9,14}(E9)?[,}]")
                .contains("\"Data\":\"ZGF0YQ==\"")
                .contains("\"MillisBehindLatest\":0");
    }

    @Test
    void operationWithoutAnAnswer_hasNoBody() throws Exception {
        HttpResponse<String> answer =
                call("CreateStream", "{\"StreamName\":\"" + Conformance.freshName() + "\",\"ShardCount\":1}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void error_hasItsTypeAndAMessage() throws Exception {
        HttpResponse<String> answer = call("DescribeStream", "{\"StreamName\":\"nobody-has-this\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(answer.body())
                .contains("\"__type\":\"ResourceNotFoundException\"")
                .contains("\"message\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kinesis_20131202.Whatever", "Kinesis_20131202.", "Whatever.ListStreams", "Whatever"})
    void unknownOperation_isSaidToBe(String target) throws Exception {
        HttpResponse<String> answer = post(target, "{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"__type\":\"UnknownOperationException\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Limit\":\"ten\"}", "{\"ExclusiveStartStreamName\":7}"})
    void field_ofTheWrongType_isASerializationException(String body) throws Exception {
        HttpResponse<String> answer = call("ListStreams", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"__type\":\"SerializationException\"");
    }

    @Test
    void body_thatIsNoJson_isASerializationException() throws Exception {
        HttpResponse<String> answer = call("ListStreams", "hello");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"__type\":\"SerializationException\"");
    }

    @Test
    void unknownField_isPassedOver() throws Exception {
        assertThat(call("ListStreams", "{\"Nothing\":{\"of\":[1,2]}}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void number_beyondAnInt_isTakenAsTheLargest() throws Exception {
        String body = "{\"StreamName\":\"" + Conformance.freshName() + "\",\"ShardCount\":100000000000}";
        assertThat(call("CreateStream", body).body())
                .contains("ValidationException")
                .contains("Value '2147483647' at 'shardCount'");
    }

    @Test
    void request_withoutASignature_isRefused() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(conformance.endpoint())
                .header("Content-Type", JSON)
                .header("X-Amz-Target", "Kinesis_20131202.ListStreams")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"__type\":\"MissingAuthenticationTokenException\"");
    }
}
