package dev.clickstream.consumer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.ManifestEntry;
import dev.clickstream.consumer.Row;
import dev.clickstream.consumer.SinkBuffer;
import dev.clickstream.consumer.s3.S3Sink;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

class ClickTableTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 31);
    private static final String NAMED = "clicks/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/";

    private static ClickTable table(String prefix) {
        return ClickTable.of("clicks", "lake", prefix, FIRST);
    }

    /** What the data dictionary says that events hold, with the types of both engines. */
    @Test
    void columns_areThoseOfTheDataDictionary() throws Exception {
        Map<String, String> documented = new LinkedHashMap<>();
        Pattern row = Pattern.compile("^\\| `([a-z_]+)` \\| ([a-z ]+) \\|");
        for (String line : Files.readAllLines(Path.of("../clickstream-core/DATA-DICTIONARY.md"))) {
            Matcher member = row.matcher(line);
            if (member.find()) {
                documented.put(member.group(1), member.group(2).strip());
            }
        }
        assertThat(documented).hasSizeGreaterThan(20);
        assertThat(List.copyOf(EventColumns.all().keySet())).isEqualTo(List.copyOf(documented.keySet()));
        documented.forEach((name, type) -> assertThat(EventColumns.all().get(name).athena)
                .as(name)
                .startsWith(
                        switch (type) {
                            case "string", "timestamp" -> "string";
                            case "integer" -> name.startsWith("producer_") ? "bigint" : "int";
                            case "array" -> "array<struct<item_id:string";
                            case "map of strings" -> "map<string,string>";
                            case "array of strings" -> "array<string>";
                            default -> "unknown: " + type;
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "clicks/",
                "clicks/!{timestamp:yyyy/MM/dd/HH}/",
                "clicks/!{timestamp:yyyy}/!{timestamp:MM}/day-!{timestamp:dd}/",
                NAMED,
                "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
                "a/b/datehour=!{timestamp:yyyy-MM-dd-HH}/"
            })
    void template_isWhereTheSinkWrites(String prefix) {
        ObjectLayout layout = ObjectLayout.of(prefix);
        for (Instant time : List.of(Instant.parse("2026-02-03T04:05:06Z"), Instant.parse("2026-12-31T23:59:59Z"))) {
            String folder = layout.template();
            for (Partition partition : layout.partitions()) {
                String value = DateTimeFormatter.ofPattern(partition.pattern(), Locale.US)
                        .format(time.atZone(ZoneOffset.UTC));
                folder = folder.replace("${" + partition.name() + "}", value);
            }
            assertThat(written(prefix, time)).startsWith("s3://lake/" + folder + "clicks-1-");
            assertThat(folder).startsWith(layout.base());
        }
    }

    /** Where the sink would write; it writes nothing before it delivers. */
    private static String written(String prefix, Instant time) {
        S3Client nobody = (S3Client) Proxy.newProxyInstance(
                ClickTableTest.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });
        SinkBuffer buffer = S3Sink.builder(nobody, "lake")
                .prefix(prefix)
                .errorOutputPrefix("errors/")
                .build()
                .open(new BatchId("app", "clicks", "shardId-000000000000", "1"), time);
        buffer.add(new Row("1", 0, time, new byte[] {'{', '}'}, Map.of()));
        List<ManifestEntry> entries = buffer.seal();
        return entries.get(0).uri();
    }

    @Test
    void athenaDdl_ofFirehosesOwnLayout_projectsHours() {
        assertThat(table("clicks/!{timestamp:yyyy/MM/dd/HH}/").athenaDdl())
                .startsWith("CREATE EXTERNAL TABLE IF NOT EXISTS clicks (\n  `event_id` string,\n")
                .contains("PARTITIONED BY (\n  `datehour` string\n)")
                .contains("LOCATION 's3://lake/clicks/'")
                .contains("'projection.datehour.type'='date'")
                .contains("'projection.datehour.format'='yyyy/MM/dd/HH'")
                .contains("'projection.datehour.range'='2026/01/31/00,NOW'")
                .contains("'projection.datehour.interval.unit'='HOURS'")
                .contains("'storage.location.template'='s3://lake/clicks/${datehour}/'");
    }

    @Test
    void athenaDdl_ofNamedFolders_hasAColumnForEach() {
        assertThat(table("site=!{partitionKeyFromLambda:site}/" + NAMED.substring("clicks/".length()))
                        .athenaDdl())
                .contains("PARTITIONED BY (\n  `site` string,\n  `dt` string,\n  `hour` int\n)")
                .contains("'projection.site.type'='injected'")
                .contains("'projection.dt.format'='yyyy-MM-dd'")
                .contains("'projection.dt.interval.unit'='DAYS'")
                .contains("'projection.hour.range'='0,23'")
                .contains("'projection.hour.digits'='2'")
                .contains("'s3://lake/site=${site}/dt=${dt}/hour=${hour}/'");
    }

    @Test
    void glueTableInput_isJson_withTheSameColumnsAndProjection() throws Exception {
        JsonNode table = new JsonMapper().readTree(table(NAMED).glueTableInput());

        assertThat(table.at("/Name").asText()).isEqualTo("clicks");
        assertThat(table.at("/StorageDescriptor/Columns"))
                .hasSize(EventColumns.all().size());
        assertThat(table.at("/PartitionKeys/1/Name").asText()).isEqualTo("hour");
        assertThat(table.at("/StorageDescriptor/Location").asText()).isEqualTo("s3://lake/clicks/");
        assertThat(table.at("/Parameters/projection.dt.range").asText()).isEqualTo("2026-01-31,NOW");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clicks/!{firehose:random-string}/|without a name: write it as name=!{...}/",
                "clicks/r=!{firehose:random-string}/|of which no column can be made",
                "clicks/!{timestamp:yyyy}-|does not end its last expression with a slash",
                "!{timestamp:yyyy}/dt=!{timestamp:MM}/|named and unnamed folders",
                "event_name=!{partitionKeyFromLambda:name}/|a column event_name, as events have",
            })
    void prefixWithoutColumns_isRefused_withTheReason(String prefix, String message) {
        assertThatThrownBy(() -> table(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void name_isChecked() {
        assertThatThrownBy(() -> ClickTable.of("Clicks", "lake", "", FIRST))
                .hasMessage("A table's name is of a-z, 0-9 and _, not 'Clicks'");
    }
}
