package dev.clickstream.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class FaultyProxyIT {
    private static LocalAws aws;

    @BeforeAll
    static void start() {
        aws = LocalAws.start();
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    private static LocalClients through(FaultyProxy dynamoDb, FaultyProxy s3) {
        return LocalClients.of(aws.kinesisEndpoint(), dynamoDb.endpoint(), s3.endpoint());
    }

    @Test
    void withoutFaults_bothServicesAnswerThroughIt() {
        try (FaultyProxy dynamoDb = FaultyProxy.inFrontOf(aws.dynamoDbEndpoint());
                FaultyProxy s3 = FaultyProxy.inFrontOf(aws.s3Endpoint());
                LocalClients clients = through(dynamoDb, s3)) {
            assertThat(clients.dynamoDb().listTables().join().tableNames()).isEmpty();
            clients.s3().createBucket(b -> b.bucket("through"));
            clients.s3()
                    .putObject(
                            o -> o.bucket("through").key("a b/\u00fc.gz").metadata(Map.of("rows", "1")),
                            RequestBody.fromString("body"));

            assertThat(clients.s3()
                            .headObject(o -> o.bucket("through").key("a b/\u00fc.gz"))
                            .metadata())
                    .containsEntry("rows", "1");
            assertThat(aws.clients()
                            .s3()
                            .getObjectAsBytes(o -> o.bucket("through").key("a b/\u00fc.gz"))
                            .asUtf8String())
                    .isEqualTo("body");
            assertThat(s3.met() + dynamoDb.met()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, true, 400, ProvisionedThroughputExceededException",
        "UNAVAILABLE, true, 500, InternalServerError",
        "THROTTLED, false, 503, SlowDown",
        "UNAVAILABLE, false, 503, InternalError"
    })
    void refusals_areTheServicesOwn(FaultyProxy.Fault fault, boolean isDynamo, int status, String code)
            throws Exception {
        try (FaultyProxy proxy = FaultyProxy.inFrontOf(aws.s3Endpoint())) {
            proxy.faults(1, 1, fault);
            HttpRequest.Builder request = HttpRequest.newBuilder(proxy.endpoint());
            if (isDynamo) {
                request.header("X-Amz-Target", "DynamoDB_20120810.ListTables");
            }

            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).contains(code);
            assertThat(proxy.met()).isEqualTo(1);
        }
    }

    @Test
    void lostAnswer_isOfACallThatWasDone_andResetOfOneThatWasNot() {
        S3Client direct = aws.clients().s3();
        direct.createBucket(b -> b.bucket("lost"));
        try (FaultyProxy s3 = FaultyProxy.inFrontOf(aws.s3Endpoint());
                LocalClients clients = through(s3, s3)) {
            s3.faults(1, 1, FaultyProxy.Fault.RESET);
            assertThatThrownBy(
                            () -> clients.s3().putObject(o -> o.bucket("lost").key("k"), RequestBody.fromString("1")))
                    .isInstanceOf(SdkClientException.class);
            assertThat(direct.listObjectsV2(l -> l.bucket("lost")).contents()).isEmpty();

            s3.faults(1, 1, FaultyProxy.Fault.LOST_ANSWER);
            assertThatThrownBy(
                            () -> clients.s3().putObject(o -> o.bucket("lost").key("k"), RequestBody.fromString("1")))
                    .isInstanceOf(SdkClientException.class);
            assertThat(direct.listObjectsV2(l -> l.bucket("lost")).contents()).hasSize(1);
        }
    }
}
