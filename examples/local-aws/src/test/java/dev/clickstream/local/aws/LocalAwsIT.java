package dev.clickstream.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.sync.RequestBody;

@Isolated // counts threads
class LocalAwsIT {
    @Test
    void instances_whenStartedAgainAndAgain_leaveNoThreadAndNoDirectory() {
        use(); // what is loaded once may stay
        Set<Thread> before = threads();

        for (int round = 0; round < 3; round++) {
            assertThat(use().toFile()).doesNotExist();
        }

        assertOnlyDaemonsSince(before);
    }

    @Test
    void instances_atTheSameTime_keepApart() {
        List<LocalAws> all =
                IntStream.range(0, 3).parallel().mapToObj(i -> LocalAws.start()).toList();
        try {
            for (LocalAws aws : all) {
                assertThat(aws.clients().s3().listBuckets().buckets()).isEmpty();
                aws.clients().s3().createBucket(b -> b.bucket("same"));
            }
            assertThat(all.stream().map(LocalAws::s3Endpoint).distinct()).hasSize(3);
            assertThat(all.stream().map(LocalAws::dynamoDbEndpoint).distinct()).hasSize(3);
        } finally {
            all.forEach(LocalAws::close);
        }
    }

    @Test
    void close_again_isHarmless() {
        LocalAws aws = LocalAws.start();

        aws.close();
        aws.close();
    }

    @Test
    void directory_whenItIsTheUsers_stays(@TempDir Path folder) {
        Path objects = folder.resolve("made/by/it");
        try (LocalAws aws = LocalAws.builder().directory(objects).start()) {
            aws.clients().s3().createBucket(b -> b.bucket("lake"));
            aws.clients().s3().putObject(b -> b.bucket("lake").key("k"), RequestBody.fromString("v"));
        }
        assertThat(objects.resolve("lake/k")).hasContent("v");
        try (LocalAws again = LocalAws.builder().directory(objects).start()) {
            assertThat(again.clients()
                            .s3()
                            .getObjectAsBytes(b -> b.bucket("lake").key("k"))
                            .asUtf8String())
                    .isEqualTo("v");
        }
    }

    @Test
    void port_whenItIsBusy_isNamedAndNothingStaysUp() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();
            Set<Thread> before = threads();

            assertThatThrownBy(() -> LocalAws.builder().dynamoDbPort(port).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(
                            "Cannot start DynamoDB on port " + port + " of 127.0.0.1: the port is busy or not allowed");
            assertThatThrownBy(() -> LocalAws.builder().s3Port(port).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("Cannot start S3 on port " + port + " of 127.0.0.1: the port is busy or not allowed");

            assertOnlyDaemonsSince(before);
        }
    }

    private static Path use() {
        try (LocalAws aws = LocalAws.start()) {
            aws.clients().s3().createBucket(b -> b.bucket("lake"));
            aws.clients().s3().putObject(b -> b.bucket("lake").key("k"), RequestBody.fromString("v"));
            assertThat(aws.clients().dynamoDb().listTables().join().tableNames())
                    .isEmpty();
            return aws.directory();
        }
    }

    private static void assertOnlyDaemonsSince(Set<Thread> before) {
        Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertThat(left.stream().filter(t -> !t.isDaemon())).isEmpty();
        });
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }
}
