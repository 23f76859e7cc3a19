package dev.clickstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private static final String KEY =
            "2026/07/13/10/requests-1-2026-07-13-10-42-07-01234567-89ab-8def-8123-0123456789ab.gz";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int audit(String... args) {
        out.reset();
        err.reset();
        return AuditCommand.run(List.of(args), new PrintStream(out), new PrintStream(err));
    }

    private static String row(int place) {
        return "{\"secret\":1,\"kinesis_shard_id\":\"shardId-000000000000\",\"kinesis_sequence_number\":\"77\","
                + "\"kinesis_sub_sequence_number\":" + place + ",\"kinesis_row_number\":0,"
                + "\"kinesis_arrival_timestamp\":\"2026-07-13T10:42:07.5Z\"}\n";
    }

    private void write(String rows) throws IOException {
        Path file = folder.resolve(KEY);
        Files.createDirectories(file.getParent());
        Files.writeString(file, rows);
    }

    @Test
    void folder_whenAllIsRight_isExitCode0() throws IOException {
        write(row(0) + row(1));

        assertThat(audit(folder.toString(), "--prefix", "")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("1 objects, 2 rows, 0 failures, 0 records of the stream;"
                        + " not delivered: 0 in the error output, 0 dropped");
    }

    @Test
    void folder_whenSomethingIsFound_isExitCode1_oneLineForEachKind() throws IOException {
        write(row(2) + row(1) + row(1));

        assertThat(audit(folder.toString(), "--prefix", "", "--time-zone", "Europe/Berlin"))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "DOUBLED: 1 more than once; first: shardId-000000000000 77.1 row 0 in " + KEY + " and " + KEY,
                        "OUT_OF_ORDER: 1 out of order within their object; first: shardId-000000000000 77.1 row 0 behind"
                                + " shardId-000000000000 77.2 row 0 in " + KEY + ", line 2",
                        "WRONG_PREFIX: 3 not under the prefix of their arrival; first: shardId-000000000000 77.2 row 0,"
                                + " arrived 2026-07-13T10:42:07.500Z, in " + KEY,
                        "MISSING: 1 missing; first: shardId-000000000000 77.0",
                        "1 objects, 3 rows, 0 failures, 0 records of the stream;"
                                + " not delivered: 0 in the error output, 0 dropped");
        assertThat(audit(folder.toString(), "--dropped", "any")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("MISSING")
                .contains("1 dropped");
    }

    @Test
    void callThatIsWrong_isExitCode2_inOneLine() throws IOException {
        write(row(0));
        refused("a folder or s3://BUCKET/PREFIX is wanted; audit --help says more");
        refused("nowhere: there is no such folder", "nowhere");
        refused("unknown option --fast; audit --help names all", folder.toString(), "--fast");
        refused("--prefix wants a value", folder.toString(), "--prefix");
        refused("--dropped: For input string: \"some\"", folder.toString(), "--dropped", "some");
        refused("--dropped: dropped must be 0 or more, not -1", folder.toString(), "--dropped", "-1");
        refused("--before: Text 'noon' could not be parsed at index 0", folder.toString(), "--before", "noon");
        refused("--time-zone: Unknown time-zone ID: Mars", folder.toString(), "--time-zone", "Mars");
        refused(
                "There are more than 0 rows and failures: audit a part of the bucket, or allow more and give the JVM 100"
                        + " bytes for each",
                folder.toString(),
                "--max-rows",
                "0");
        assertThat(audit(folder.toString(), "--prefix", "!{time}")).isEqualTo(2);
    }

    private void refused(String message, String... args) {
        assertThat(audit(args)).as(message).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("delivery-worker audit: " + message + "\n");
    }

    @Test
    void help_namesEveryOption() {
        assertThat(audit("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(AuditCommand.HELP);
        AuditCommand.OPTIONS.forEach(option -> assertThat(AuditCommand.HELP).contains(option + " "));
    }
}
