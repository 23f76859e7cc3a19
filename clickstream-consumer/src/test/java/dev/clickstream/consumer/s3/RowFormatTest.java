package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {
    private static final BatchId BATCH = new BatchId("app", "clicks", "shardId-000000000007", "1");

    private static Row row(String sequence, long sub, String text) {
        return new Row(
                sequence,
                sub,
                Instant.parse("2026-07-13T10:42:07.123Z"),
                text.getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    private static String line(RowLines lines, Row row) {
        byte[] line = lines.of(row);
        return line == null ? null : new String(line, StandardCharsets.UTF_8);
    }

    @Test
    void asIs_changesNothing() {
        assertThat(line(RowFormat.AS_IS.lines(BATCH), row("1", 0, " a\nb "))).isEqualTo(" a\nb ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"a\":1}`|`{\"a\":1}`",
                "`{}`|`{}`",
                "`\r\n {\"a\":1}\n\n`|`{\"a\":1}`",
                "`{\n  \"a\": 1,\r\n  \"é\": 2\n}`|`{   \"a\": 1,    \"é\": 2 }`"
            })
    void jsonLine_isOneLine(String text, String line) {
        Row row = row("1", 0, text);
        assertThat(line(RowFormat.JSON_LINES.lines(BATCH), row)).isEqualTo(line);
        assertThat(new String(row.data(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "[{}]", "x{}", "{}x", "\"{}\""})
    void jsonLine_thatIsNoObject_isNone(String text) {
        assertThat(line(RowFormat.JSON_LINES.lines(BATCH), row("1", 0, text))).isNull();
        assertThat(line(RowFormat.JSON_LINES_WITH_ORIGIN.lines(BATCH), row("1", 0, text)))
                .isNull();
    }

    @Test
    void origin_standsAtTheEnd_withTheNumberOfTheRow() {
        RowLines lines = RowFormat.JSON_LINES_WITH_ORIGIN.lines(BATCH);
        String end = "\"kinesis_arrival_timestamp\":\"2026-07-13T10:42:07.123Z\"}";
        assertThat(line(lines, row("49", 2, "{\"a\":1}")))
                .isEqualTo("{\"a\":1,\"kinesis_shard_id\":\"shardId-000000000007\",\"kinesis_sequence_number\":\"49\","
                        + "\"kinesis_sub_sequence_number\":2,\"kinesis_row_number\":0," + end);
        assertThat(line(lines, row("49", 2, "{ }")))
                .isEqualTo("{ \"kinesis_shard_id\":\"shardId-000000000007\",\"kinesis_sequence_number\":\"49\","
                        + "\"kinesis_sub_sequence_number\":2,\"kinesis_row_number\":1," + end);
        assertThat(line(lines, row("49", 3, "{}"))).contains("\"kinesis_row_number\":0,");
        assertThat(line(lines, row("50", 3, "{}"))).contains("\"kinesis_row_number\":0,");
    }
}
