package dev.clickstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.s3.EventTime;
import dev.clickstream.consumer.s3.S3Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What a file says of objects is what the sink does: its configuration tells all that decides where rows go and how. */
class SinksTest {
    private static S3Client s3; // nothing is sent

    @TempDir
    Path directory;

    @BeforeAll
    static void client() {
        s3 = S3Client.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    @AfterAll
    static void close() {
        s3.close();
    }

    private record Made(S3Sink rows, S3Sink backup) {}

    private Made made(String settings) throws IOException {
        Path path = Files.writeString(
                directory.resolve("worker.json"),
                "{\"application\": \"a\", \"stream\": \"s\", \"bucket\": \"b\", \"transform\": \"PASS_THROUGH\""
                        + settings + "}");
        ConfigurationFile file = ConfigurationFile.read(path, Map.of());
        Settings read = Settings.of(file);
        Sinks sinks = new Sinks(file, read.output(), s3);
        Object unused = sinks.failurePolicy(read.refusals());
        return new Made(sinks.rows(), sinks.backup());
    }

    private static S3Sink.Builder sink(String name) {
        return S3Sink.builder(s3, "b").name(name);
    }

    @Test
    void defaults_areTheLibrarys() throws IOException {
        Made made = made("");

        assertThat(made.rows().configuration())
                .isEqualTo(sink("rows").customTimeZone(ZoneId.of("UTC")).build().configuration());
        assertThat(made.rows().writeBound()).isEqualTo(Duration.ofMinutes(1));
        assertThat(made.backup()).isNull();
    }

    @Test
    void objects_areAsTheFileSays() throws IOException {
        Made made = made(
                """
                , "prefix": "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
                "error_output_prefix": "errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/",
                "custom_time_zone": "Europe/Madrid", "format": "JSON_LINES_WITH_ORIGIN",
                "compression_format": "ZSTANDARD", "file_extension": ".jsonl.zst", "attempt_timeout_seconds": 20,
                "event_time_field": "event.time", "event_time_unit": "SECONDS", "event_time_allowed_future_seconds": 5,
                "late_rows": "LATE_PREFIX", "late_after_seconds": 7200, "late_prefix": "late/dt=!{timestamp:yyyy-MM-dd}/",
                "encryption": "SSE_KMS", "kms_key": "alias/clicks", "storage_class": "STANDARD_IA"
                """);

        assertThat(made.rows().configuration().split("\n"))
                .containsExactly(
                        "s3",
                        "rows",
                        "b",
                        "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
                        "errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/",
                        "Europe/Madrid",
                        "ZSTANDARD",
                        ".jsonl.zst",
                        "", // the delimiter: a newline
                        "",
                        "JSON_LINES_WITH_ORIGIN",
                        EventTime.ofField("event.time")
                                .unit(ChronoUnit.SECONDS)
                                .allowedFuture(Duration.ofSeconds(5))
                                .lateToPrefix(Duration.ofHours(2), "late/dt=!{timestamp:yyyy-MM-dd}/")
                                .toString());
        assertThat(made.rows().writeBound()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void recordsWithoutDelimiter_andLateRowsToArrival_areAsked() throws IOException {
        assertThat(made(", \"delimiter\": \"\", \"compression_format\": \"UNCOMPRESSED\","
                                + " \"event_time_field\": \"t\", \"late_rows\": \"ARRIVAL_HOUR\"")
                        .rows()
                        .configuration())
                .endsWith("\nUNCOMPRESSED\n\n\nAS_IS\n" + EventTime.ofField("t").lateToArrival(Duration.ofDays(1)));
    }

    @Test
    void backup_hasAPlaceAndANameOfItsOwn() throws IOException {
        Made made =
                made(", \"format\": \"JSON_LINES\", \"event_time_field\": \"t\", \"compression_format\": \"ZSTANDARD\","
                        + " \"source_backup_prefix\": \"source/\"");

        assertThat(Objects.requireNonNull(made.backup()).name()).isEqualTo("source-backup");
        assertThat(made.backup().configuration())
                .startsWith("s3\nsource-backup\nb\nsource/\n")
                .contains("ZSTANDARD\n.zst")
                .endsWith("AS_IS\nnull");
        assertThat(made(", \"source_backup_bucket\": \"c\"").backup().configuration())
                .startsWith("s3\nsource-backup\nc\n\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"prefix\": \"a/!{timestamp:bb}/\"|prefix: prefix 'a/!{timestamp:bb}/', at character 3:",
                "\"prefix\": \"a/!{timestamp:yyyy}/\"|error_output_prefix: it is required, as prefix has expressions",
                "\"error_output_prefix\": \"a/!{timestamp:yyyy}/\"|error_output_prefix: errorOutputPrefix 'a/!{timestamp:",
                "\"late_prefix\": \"a\"|late_prefix: it needs event_time_field",
                "\"event_time_unit\": \"SECONDS\"|event_time_unit: it needs event_time_field",
                "\"event_time_field\": \"a..b\"|event_time_field: event time: 'a..b' is not a path of fields, such as a.b",
                "\"event_time_field\": \"t\", \"late_prefix\": \"a\"|late_prefix: it needs late_rows LATE_PREFIX",
                "\"event_time_field\": \"t\", \"late_after_seconds\": 1|"
                        + "late_after_seconds: it needs late_rows ARRIVAL_HOUR or LATE_PREFIX",
                "\"event_time_field\": \"t\", \"late_rows\": \"LATE_PREFIX\"|"
                        + "late_prefix: it is required, as late_rows is LATE_PREFIX",
                "\"event_time_field\": \"t\", \"late_rows\": \"NEVER\"|"
                        + "late_rows: one of OWN_HOUR, ARRIVAL_HOUR, LATE_PREFIX is wanted, not 'NEVER'",
                "\"event_time_field\": \"t\", \"late_rows\": \"LATE_PREFIX\", \"late_prefix\": \"!{x}\"|"
                        + "late_prefix: prefix '!{x}', at character 1:",
                "\"event_time_field\": \"t\", \"event_time_unit\": \"DAYS\"|"
                        + "event_time_unit: one of SECONDS, MILLIS, MICROS, NANOS is wanted, not 'DAYS'",
                "\"format\": \"PARQUET\"|format: one of AS_IS, JSON_LINES, JSON_LINES_WITH_ORIGIN is wanted, not 'PARQUET'",
                "\"format\": \"JSON_LINES\", \"delimiter\": \"\"|"
                        + "delimiter: rows of format JSON_LINES are lines: only a newline is allowed",
                "\"compression_format\": \"Snappy\"|"
                        + "compression_format: one of UNCOMPRESSED, GZIP, ZSTANDARD is wanted, not 'Snappy'",
                "\"file_extension\": \"gz\"|file_extension: fileExtension 'gz' must match ^(",
                "\"custom_time_zone\": \"Etc/GMT+5\"|"
                        + "custom_time_zone: customTimeZone 'Etc/GMT+5' must match [a-zA-Z/_]{1,50}",
                "\"encryption\": \"SSE_KMS\"|kms_key: it is required, as encryption is SSE_KMS: an id, ARN or alias",
                "\"kms_key\": \"k\"|kms_key: it needs encryption SSE_KMS",
                "\"encryption\": \"AES\"|encryption: one of BUCKET_DEFAULT, SSE_S3, SSE_KMS is wanted, not 'AES'",
                "\"storage_class\": \"GLACIER\"|storage_class: one of STANDARD, INTELLIGENT_TIERING, STANDARD_IA,",
                "\"attempt_timeout_seconds\": 0|attempt_timeout_seconds: a whole number from 1 to 900 is wanted, not '0'",
                "\"source_backup_prefix\": \"!{\"|source_backup_prefix: prefix '!{', at character 1:",
                "\"source_backup_prefix\": \"!{timestamp:yyyy}\"|error_output_prefix: The prefix '!{timestamp:yyyy}'",
                "\"failure_policy\": \"DEAD_LETTER\", \"dead_letter_bucket\": \"d\", \"dead_letter_prefix\": \"!{\"|"
                        + "dead_letter_prefix: prefix '!{', at character 1:",
            })
    void wrongSetting_isToldInOneLine_withItsNameAndWhatIsAllowed(String setting, String message) {
        assertThatThrownBy(() -> made(", " + setting))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("worker.json, " + message)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
}
