package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private LocalKinesis start(String... args) {
        return Main.start(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void program_printsItsEndpoint() {
        try (LocalKinesis kinesis = start("--port", "0", "--stream", "clicks:2", "--throughput-limits", "off")) {
            assertThat(out).hasToString(kinesis.endpoint() + System.lineSeparator());
            assertThat(kinesis.endpoint().toString()).matches("http://127\\.0\\.0\\.1:\\d+");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 1 | unknown option --prot",
                "--port x | --port wants a number, was x",
                "--port 70000 | port must be 0 to 65535, was 70000",
                "--port | --port wants a value",
                "--stream clicks | --stream wants <name>:<shards>, was clicks",
                "--stream clicks:0 | stream clicks must have 1 shard or more, was 0",
                "--stream a/b:1 | a stream's name is 1 to 128 of letters, digits, _ . -",
                "--throughput-limits on | --throughput-limits is enforced or off, was on",
            })
    void wrongOption_isOneClearLine(String args, String message) {
        assertThat(start(args.split(" ", -1))).isNull();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(message + "; options: --port ")
                .hasLineCount(1);
    }

    @Test
    void takenPort_isOneClearLine() {
        try (LocalKinesis first = LocalKinesis.start()) {
            String port = Integer.toString(first.endpoint().getPort());
            assertThat(start("--port", port)).isNull();
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("cannot listen on port " + port + " of loopback: ")
                    .hasLineCount(1);
        }
    }

    @Test
    void close_twice_isFine() {
        LocalKinesis kinesis = LocalKinesis.start();
        kinesis.close();
        kinesis.close();
        assertThat(kinesis).hasToString("LocalKinesis[" + kinesis.endpoint() + "]");
    }

    @Test
    void close_withAClientConnected_isQuickAndCutsItOff() throws IOException {
        LocalKinesis kinesis = LocalKinesis.start();
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), kinesis.endpoint().getPort())) {
            assertTimeout(Duration.ofSeconds(5), kinesis::close);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
