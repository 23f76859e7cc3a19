package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** TLS beside plain HTTP on one port, trusted by its certificate's file and not otherwise. */
class TlsIT {

    private static LocalKinesis kinesis;
    private static TrustManagerFactory trust;

    @BeforeAll
    static void start() throws Exception {
        kinesis = LocalKinesis.builder().stream("clicks", 1).tls().start();
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(kinesis.certificateFile())) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            trusted.setCertificateEntry("local", certificate);
        }
        trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
    }

    @AfterAll
    static void close() {
        kinesis.close();
    }

    private static HttpClient http(HttpClient.Version version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().version(version).sslContext(context).build();
    }

    private static HttpResponse<String> describe(HttpClient client, URI endpoint) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .header("X-Amz-Target", "Kinesis_20131202.DescribeStreamSummary")
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString("{\"StreamName\":\"clicks\"}"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void bothVersionsOfHttp_areSpokenOverTls_andPlain() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpResponse<String> secured = describe(http(version), kinesis.tlsEndpoint());
            assertThat(secured.statusCode()).isEqualTo(200);
            assertThat(secured.version()).isEqualTo(version);
            assertThat(secured.sslSession()).isPresent();
        }
        assertThat(describe(HttpClient.newHttpClient(), kinesis.endpoint()).statusCode())
                .isEqualTo(200);
        URI byName = URI.create("https://localhost:" + kinesis.endpoint().getPort());
        assertThat(describe(http(HttpClient.Version.HTTP_1_1), byName).statusCode())
                .isEqualTo(200);
    }

    @Test
    void clientOfTheSdk_thatTrustsTheCertificate_isServed() {
        TlsTrustManagersProvider trusted = trust::getTrustManagers;
        try (KinesisAsyncClient client = Wire.with(KinesisAsyncClient.builder(), kinesis.tlsEndpoint())
                .httpClientBuilder(Wire.netty().tlsTrustManagersProvider(trusted))
                .build()) {
            assertThat(client.listStreams().join().streamNames()).containsExactly("clicks");
        }
    }

    @Test
    void clientThatDoesNotTrustIt_isNotServed() {
        assertThatThrownBy(() -> describe(HttpClient.newHttpClient(), kinesis.tlsEndpoint()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void certificate_goesAwayWithTheEndpoint_andIsNotThereWithoutTls() {
        LocalKinesis brief = LocalKinesis.builder().tls().start();
        assertThat(brief.certificateFile()).exists();
        brief.close();
        assertThat(brief.certificateFile()).doesNotExist();
        assertThat(brief.certificateFile().getParent()).doesNotExist();
        try (LocalKinesis plain = LocalKinesis.start()) {
            assertThatThrownBy(plain::tlsEndpoint)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("tlsEndpoint needs an endpoint that was built with tls()");
        }
    }
}
