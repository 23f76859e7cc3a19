package dev.clickstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.LateCopies;
import dev.clickstream.consumer.RetrievalMode;
import dev.clickstream.consumer.Transform;
import dev.clickstream.consumer.s3.Compression;
import dev.clickstream.consumer.s3.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String ROWS =
            "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\", \"transform\": \"pass_through\"%s}";

    @TempDir
    Path directory;

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("worker.json"), json);
    }

    private Settings read(String json, Map<String, String> environment) throws IOException {
        return Settings.of(ConfigurationFile.read(file(json), environment));
    }

    @Test
    void defaults_areFirehoses() throws IOException {
        Settings settings = read(String.format(ROWS, ""), Map.of());

        assertThat(settings.buffering())
                .isEqualTo(new Settings.Buffering(5L * 1024 * 1024, Duration.ofMinutes(5), 256L * 1024 * 1024, 500));
        assertThat(settings.initialPosition()).hasToString("TRIM_HORIZON");
        assertThat(settings.retrieval()).isEqualTo(RetrievalMode.POLLING);
        assertThat(settings.leaseTable()).isEqualTo(new Settings.LeaseTable("a", Map.of()));
        assertThat(settings.sharing().maxLeases()).isEqualTo(Integer.MAX_VALUE);
        assertThat(settings.sharing().failoverTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.transform()).isSameAs(Transform.passThrough());
        assertThat(settings.transformConcurrency()).isEqualTo(1);
        assertThat(settings.lateCopies()).isEqualTo(LateCopies.KEEP);
        assertThat(settings.refusals()).isEqualTo(new Refusals(Refusals.Policy.RETRY, Duration.ofHours(1), null, ""));
        assertThat(settings.output())
                .isEqualTo(new Output(
                        "b",
                        "",
                        null,
                        ZoneId.of("UTC"),
                        new Output.Objects(RowFormat.AS_IS, "\n", Compression.GZIP, ""),
                        null,
                        new Output.Storage(Output.Encryption.BUCKET_DEFAULT, "", Output.StorageClass.STANDARD),
                        Duration.ofMinutes(1),
                        null));
    }

    @Test
    void environment_overridesTheFile() throws IOException {
        Settings settings = read(
                String.format(ROWS, ", \"buffering_interval_seconds\": 10"),
                Map.of("CLICKSTREAM_BUFFERING_INTERVAL_SECONDS", "20", "CLICKSTREAM_BUCKET", "c", "PATH", "/bin"));

        assertThat(settings.buffering().interval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.output().bucket()).isEqualTo("c");
    }

    @Test
    void worker_isSetAsTheFileSays() throws IOException {
        Settings settings = read(
                String.format(
                        ROWS,
                        """
                        , "buffering_size_mb": 64, "max_buffered_mb": 512, "max_open_prefixes": 2000,
                        "initial_position": "2026-01-31T23:59:59Z", "retrieval": "fan_out", "worker_id": "w", "max_leases_for_worker": 20, "failover_time_seconds": 30,
                        "lease_table_name": "leases", "lease_table_tags": ["team=clicks", "cost=a=b"],
                        "transform_concurrency": 8, "late_copies": "DROP",
                        "failure_policy": "DEAD_LETTER", "failure_after_seconds": 60,
                        "dead_letter_bucket": "d", "dead_letter_prefix": "refused/"
                        """),
                Map.of());

        assertThat(settings.buffering())
                .isEqualTo(new Settings.Buffering(64L * 1024 * 1024, Duration.ofMinutes(5), 512L * 1024 * 1024, 2000));
        assertThat(settings.initialPosition()).hasToString("AT_TIMESTAMP 2026-01-31T23:59:59Z");
        assertThat(settings.retrieval()).isEqualTo(RetrievalMode.FAN_OUT);
        assertThat(settings.sharing()).isEqualTo(new Settings.Sharing("w", 20, Duration.ofSeconds(30)));
        assertThat(settings.leaseTable())
                .isEqualTo(new Settings.LeaseTable("leases", Map.of("team", "clicks", "cost", "a=b")));
        assertThat(settings.transformConcurrency()).isEqualTo(8);
        assertThat(settings.lateCopies()).isEqualTo(LateCopies.DROP);
        assertThat(settings.refusals())
                .isEqualTo(new Refusals(Refusals.Policy.DEAD_LETTER, Duration.ofMinutes(1), "d", "refused/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|worker.json, application: it is required",
                "{\"application\": }|worker.json, line 1, column 17: ",
                "[]|worker.json: one JSON object of settings is wanted",
                "{\"application\": [1]}|worker.json, application: a text, a number, true or false is wanted",
                "ROWS, \"bufering\": 1|worker.json, bufering: there is no such setting; there are application, attempt_timeout_seconds, bucket,",
                "ROWS, \"buffering_size_mb\": 129|"
                        + "worker.json, buffering_size_mb: a whole number from 1 to 128 is wanted, not '129'",
                "ROWS, \"buffering_interval_seconds\": \"x\"|"
                        + "worker.json, buffering_interval_seconds: a whole number from 0 to 900 is wanted, not 'x'",
                "ROWS, \"compression_format\": \"RAR\"|worker.json, compression_format: one of UNCOMPRESSED, GZIP",
                "ROWS, \"custom_time_zone\": \"Mars/X\"|worker.json, custom_time_zone: Unknown time-zone ID: Mars/X",
                "ROWS, \"initial_position\": \"EARLIEST\"|"
                        + "worker.json, initial_position: TRIM_HORIZON, LATEST or a time such as",
                "ROWS, \"transform\": \"pass_through\"|worker.json, line 1",
                "ROWS, \"kinesis_endpoint\": \"http://[\"|worker.json, kinesis_endpoint: ",
                "ROWS, \"lease_table_name\": \"a/b\"|"
                        + "worker.json, lease_table_name: a name without slashes is wanted, not 'a/b'",
                "ROWS, \"lease_table_tags\": [\"team\"]|"
                        + "worker.json, lease_table_tags: tags such as team=clicks are wanted, not 'team'",
                "ROWS, \"max_buffered_mb\": 0|"
                        + "worker.json, max_buffered_mb: a whole number from 1 to 1048576 is wanted, not '0'",
                "ROWS, \"max_open_prefixes\": 0|worker.json, max_open_prefixes: a whole number from 1 to",
                "ROWS, \"transform_concurrency\": 65|"
                        + "worker.json, transform_concurrency: a whole number from 1 to 64 is wanted, not '65'",
                "ROWS, \"failover_time_seconds\": 0|"
                        + "worker.json, failover_time_seconds: a whole number from 1 to 300 is wanted, not '0'",
                "ROWS, \"max_leases_for_worker\": 0|worker.json, max_leases_for_worker: a whole number from 1 to",
                "ROWS, \"late_copies\": \"NO\"|worker.json, late_copies: one of KEEP, DROP is wanted, not 'NO'",
                "ROWS, \"drop_bots\": 1|worker.json, drop_bots: one of TRUE, FALSE is wanted, not '1'",
                "ROWS, \"failure_policy\": \"GIVE_UP\"|"
                        + "worker.json, failure_policy: one of RETRY, HALT, DEAD_LETTER is wanted, not 'GIVE_UP'",
                "ROWS, \"failure_policy\": \"DEAD_LETTER\"|"
                        + "worker.json, dead_letter_bucket: it is required, as failure_policy is DEAD_LETTER",
                "ROWS, \"failure_after_seconds\": 5|"
                        + "worker.json, failure_after_seconds: it needs failure_policy HALT or DEAD_LETTER",
                "ROWS, \"failure_policy\": \"HALT\", \"dead_letter_prefix\": \"x/\"|"
                        + "worker.json, dead_letter_prefix: it needs failure_policy DEAD_LETTER",
                "ROWS, \"retrieval\": \"PUSH\"|worker.json, retrieval: one of POLLING, FAN_OUT is wanted, not 'PUSH'",
                "ROWS, \"redrive_timeout_seconds\": 0|worker.json, redrive_timeout_seconds: a whole number from 1 to",
            })
    void wrongSetting_isToldInOneLine_withWhereAndWhatIsAllowed(String json, String message) throws IOException {
        String whole = json.startsWith("ROWS") ? String.format(ROWS, json.substring(4)) : json;

        assertThatThrownBy(() -> read(whole, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\"}|log_fields: the fields of the real-time log",
                "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\", \"log_fields\": \"timestamp, c-ip\"}|"
                        + "rules: what a click is must be said",
                "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\", \"log_fields\": [\"c-ip\", \"c-ip\"]}|"
                        + "log_fields: the field c-ip stands twice",
                "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\", \"log_fields\": [\"c-ip\"], \"rules_file\": \"no\"}|"
                        + "rules_file: ",
            })
    void logWithoutFieldsOrRules_isTold(String json, String message) {
        assertThatThrownBy(() -> read(json, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("worker.json, " + message);
    }

    @Test
    void wrongVariable_isToldByItsOwnName() {
        assertThatThrownBy(() -> read(String.format(ROWS, ""), Map.of("CLICKSTREAM_HEALTH_PORT", "-1")))
                .hasMessage("environment variable CLICKSTREAM_HEALTH_PORT:"
                        + " a whole number from 0 to 65535 is wanted, not '-1'");
        assertThatThrownBy(() -> read(String.format(ROWS, ""), Map.of("CLICKSTREAM_HELTH_PORT", "1")))
                .hasMessageStartingWith("environment variable CLICKSTREAM_HELTH_PORT: there is no such setting;");
    }

    @Test
    void example_isRight_andReadmeTellsEverySetting() throws IOException {
        ConfigurationFile example = ConfigurationFile.read(Path.of("worker.json"), Map.of());
        Settings unused = Settings.of(example);
        TreeSet<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("| `")) {
                Matcher name = Pattern.compile("`([a-z0-9_]+)`").matcher(line.substring(0, line.indexOf('|', 1)));
                while (name.find()) {
                    told.add(name.group(1));
                }
            }
        }
        assertThat(told).isEqualTo(new TreeSet<>(example.asked()));
    }
}
