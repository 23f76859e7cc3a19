package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int run;

    @Test
    void generatedShop_everyExpectedClickOnceInItsHour() {
        int code = replay("--records", "4000", "--speed", "15000");

        assertThat(code).as(printed(out) + printed(err)).isZero();
        assertThat(printed(out))
                .contains("Check passed: all ")
                .contains("2026/11/05/23")
                .contains("2026/11/06/00")
                .containsPattern("records in +4,000")
                .containsPattern("failed +0");
    }

    @Test
    void generatedShop_whenBotsAreDropped_countsThem() {
        int code = replay("--records", "3000", "--hours", "2", "--speed", "2000", "--drop-bots", "--workers", "1");

        assertThat(code).as(printed(out) + printed(err)).isZero();
        assertThat(printed(out)).contains("Check passed: all ").containsPattern("dropped .*\\(bot [1-9]");
    }

    @Test
    void generatedShop_whenWorkersAreKilledAndStopped_everyExpectedClickOnceInItsHour() {
        int code = replay("--disturb", "--records", "4000", "--hours", "2", "--speed", "500", "--drop-bots");

        assertThat(code).as(printed(out) + printed(err)).isZero();
        assertThat(printed(out))
                .contains("Check passed: all ")
                .contains("worker-1 is killed")
                .contains("worker-2 has stopped in order")
                .containsPattern("records in +4,000")
                .containsPattern("failed +0");
    }

    @Test
    void input_whenCompressed_isPlayedByItsRules() throws IOException {
        Path input = folder.resolve("a log's lines [1].gz");
        Path rules = Files.writeString(
                folder.resolve("rules.json"),
                """
                {"rules": [{"event_name": "product", "method": ["GET"], "path": ["/product/{item_id}"]},
                           {"drop": "noise", "path": ["/static*", "/images*"]}]}""");
        write(input, GeneratedShop.generate(5, 2_000, 1, false));

        int code = replay(
                "--input",
                input.toString(),
                "--fields",
                String.join(",", GeneratedShop.FIELDS),
                "--rules",
                rules.toString(),
                "--speed",
                "1200");

        assertThat(code).as(printed(out) + printed(err)).isZero();
        assertThat(printed(out))
                .contains("Check passed: records in = clicks + dropped + failed")
                .containsPattern("dropped .*\\(noise [1-9][0-9,]*, not_a_click [1-9]")
                .containsPattern("failed +1 +\\(CloudFront\\.too_few_columns 1\\)")
                .containsPattern("[0-9]  product\\R");
    }

    private static void write(Path file, GeneratedShop shop) throws IOException {
        try (OutputStream lines = new GZIPOutputStream(Files.newOutputStream(file))) {
            lines.write("not a record\n".getBytes(StandardCharsets.UTF_8));
            for (LogLine line : shop.lines()) {
                lines.write(line.bytes());
                lines.write('\n');
            }
        }
    }

    @Test
    void optionsThatAreWrong_areOneLineAndCodeTwo() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no rules");
        Path fake = Files.write(folder.resolve("fake.gz"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});

        refused("unknown option --sped", "--sped", "3");
        refused("--speed wants a number, was fast", "--speed", "fast");
        refused("--workers must be 1 to 8, was 9", "--workers", "9");
        refused("--seed wants a value", "--seed");
        refused("--seed stands twice", "--seed", "1", "--seed", "1");
        refused("--disturb goes only without", "--disturb", "--input", text.toString(), "--fields", "timestamp,c-ip");
        refused("--rules goes only with --input", "--rules", text.toString());
        refused("--input: there is no file nowhere.tsv", "--input", "nowhere.tsv", "--fields", "timestamp,c-ip");
        refused("--input wants --fields", "--input", text.toString());
        refused("--fields: the field c-ip stands twice", "--input", text.toString(), "--fields", "c-ip,c-ip");
        refused("not JSON", "--input", text.toString(), "--fields", "c-ip,a", "--rules", text.toString());
        refused("fake.gz", "--input", fake.toString(), "--fields", "timestamp,c-ip");
    }

    @Test
    void port_whenBusy_isOneLineAndCodeTwo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            for (String option : List.of("--kinesis-port", "--dynamodb-port", "--s3-port")) {
                refused(port, option, port, "--records", "10");
            }
        }
    }

    @Test
    void directory_whenNotEmpty_isRefused() throws IOException {
        Files.writeString(folder.resolve("mine"), "");

        err.reset();
        int code = run("replay", "--directory", folder.toString());

        assertThat(code).isEqualTo(2);
        assertThat(printed(err)).contains("must be new or an empty directory");
    }

    private void refused(String message, String... options) {
        err.reset();
        assertThat(replay(options)).as(printed(err)).isEqualTo(2);
        assertThat(printed(err)).contains(message);
        assertThat(printed(err).lines()).hasSize(1);
    }

    private int replay(String... options) {
        // A folder of its own each time, with what means something in SQL and in a glob.
        Path directory = folder.resolve("run's [" + run++ + "]");
        List<String> all = new ArrayList<>(List.of("replay", "--directory", directory.toString()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... args) {
        return Main.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String printed(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
