package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What another process does with the endpoint beside the API. */
class ControlPathIT {

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(endpoint.kinesis().endpoint().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void refused(String script, String message) throws Exception {
        HttpResponse<String> answer = send("PUT", "/control/faults", script);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"InvalidArgumentException\",\"message\":\"" + message + "\"}");
    }

    @Test
    void faults_areSet_told_andEnded() throws Exception {
        String script =
                """
                {"seed": 7, "faults": [
                  {"fault": "throttling", "operations": ["PutRecords"], "stream": "clicks",
                   "shard": "shardId-000000000000", "first_call": 1, "last_call": 2, "probability": 1, "share": 1.0},
                  {"fault": "latency", "delay_millis": 1},
                  {"fault": "short_read", "records": 3}]}""";
        assertThat(send("PUT", "/control/faults", script).statusCode()).isEqualTo(200);
        assertThat(endpoint.client()
                        .putRecords(r -> r.streamName("clicks").records(Calls.entry("k", "d")))
                        .failedRecordCount())
                .isEqualTo(1);
        assertThat(send("GET", "/control/faults", "").body())
                .isEqualTo("{\"faults\":[{\"fault\":\"throttling\",\"operations\":[\"PutRecords\"],"
                        + "\"stream\":\"clicks\",\"shard\":\"shardId-000000000000\",\"met\":1},"
                        + "{\"fault\":\"latency\",\"delay_millis\":1,\"operations\":[],\"met\":1},"
                        + "{\"fault\":\"short_read\",\"records\":3,\"operations\":[\"GetRecords\"],\"met\":0}]}");
        assertThat(send("DELETE", "/control/faults", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/control/faults", "").body()).isEqualTo("{\"faults\":[]}");
    }

    @Test
    void script_ofTheReadme_isTaken() throws Exception {
        String readme = Files.readString(Path.of("..", "..", "README.md"));
        String script = readme.substring(readme.indexOf("```json") + 7);
        assertThat(send("PUT", "/control/faults", script.substring(0, script.indexOf("```")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(endpoint.kinesis().faultsMet()).hasSize(5);
    }

    @Test
    void script_thatIsWrong_isRefusedWithItsPlace_andChangesNothing() throws Exception {
        endpoint.kinesis().faults(1, Fault.throttling());
        refused("{}", "the script has no faults: expected {\\\"seed\\\": .., \\\"faults\\\": [..]}");
        refused("{\"faults\":[],\"sed\":1}", "the script has no sed; allowed are faults, seed");
        refused(
                "{\"faults\":[{\"fault\":\"split\"},{\"fault\":\"throtling\"}]}",
                "faults[1]: fault must be one of latency, throttling, internal_failure, unavailable, connection_reset,"
                        + " lost_answer, late_request, split, empty_read, short_read, repeated_read, was throtling");
        refused(
                "{\"faults\":[{\"fault\":\"latency\"}]}",
                "faults[0]: latency wants a delay of more than zero, was PT0S");
        refused(
                "{\"faults\":[{\"fault\":\"split\",\"shrad\":\"x\"}]}",
                "faults[0] has no shrad; allowed are delay_millis, fault, first_call, last_call, operations,"
                        + " probability, records, shard, share, stream");
        assertThat(endpoint.kinesis().faultsMet()).hasSize(1);
    }

    @Test
    void calls_areCountedByActionAndStream() throws Exception {
        endpoint.client().putRecords(r -> r.streamName("clicks").records(Calls.entry("k", "d"), Calls.entry("k", "e")));
        endpoint.clicks().put("k", "d");
        endpoint.clicks().read(endpoint.clicks().iterator("shardId-000000000000", ShardIteratorType.TRIM_HORIZON));
        endpoint.client().listStreams();

        assertThat(endpoint.kinesis().calls())
                .extracting(c -> c.action() + " " + c.resource() + " " + c.calls() + " " + c.records())
                .containsExactly(
                        "kinesis:GetRecords clicks 1 0",
                        "kinesis:GetShardIterator clicks 1 0",
                        "kinesis:ListStreams  1 0",
                        "kinesis:PutRecord clicks 1 1",
                        "kinesis:PutRecords clicks 1 2");
        assertThat(endpoint.kinesis().calls()).allSatisfy(c -> {
            assertThat(c.bytes()).isPositive();
            assertThat(c.largestBytes()).isEqualTo(c.bytes());
        });
        assertThat(send("GET", "/control/calls", "").body())
                .contains("{\"action\":\"kinesis:PutRecords\",\"resource\":\"clicks\",\"calls\":1,\"records\":2,");
    }

    @Test
    void otherPaths_areRefusedWithWhatThereIs() throws Exception {
        HttpResponse<String> answer = send("POST", "/control/faluts", "{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("expected PUT, GET or DELETE of /control/faults");
    }
}
