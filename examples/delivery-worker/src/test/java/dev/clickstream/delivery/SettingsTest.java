package dev.clickstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.RetrievalMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

        assertThat(settings.bufferingSizeBytes()).isEqualTo(5L * 1024 * 1024);
        assertThat(settings.bufferingInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.initialPosition()).hasToString("TRIM_HORIZON");
        assertThat(settings.retrieval()).isEqualTo(RetrievalMode.POLLING);
    }

    @Test
    void environment_overridesTheFile() throws IOException {
        Settings settings = read(
                String.format(ROWS, ", \"buffering_interval_seconds\": 10"),
                Map.of("CLICKSTREAM_BUFFERING_INTERVAL_SECONDS", "20", "CLICKSTREAM_BUCKET", "c", "PATH", "/bin"));

        assertThat(settings.bufferingInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.output().bucket()).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|worker.json, application: it is required",
                "{\"application\": }|worker.json, line 1, column 17: ",
                "[]|worker.json: one JSON object of settings is wanted",
                "{\"application\": [1]}|worker.json, application: a text, a number, true or false is wanted",
                "ROWS, \"bufering\": 1|worker.json, bufering: there is no such setting; there are application, bucket,",
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
