package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.Row;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    private static final Instant ARRIVAL = Instant.parse("2026-07-13T10:42:07.123Z");

    private static Instant time(EventTime eventTime, String json) {
        Row row = new Row("1", 0, ARRIVAL, json.getBytes(StandardCharsets.UTF_8), Map.of());
        return eventTime.judge(row).time();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"t\":\"2026-01-31T23:59:59.999Z\"}|2026-01-31T23:59:59.999Z",
                "{\"a\":{\"t\":1},\"b\":[{\"t\":2}],\"t\":\"2026-01-31T23:59:59-05:00\",\"c\":|2026-02-01T04:59:59Z",
                "{\"t\":1782900000123}|2026-07-01T10:00:00.123Z",
                "{\"t\":\" 1782900000123 \"}|2026-07-01T10:00:00.123Z",
                "{\"t\":1.782900000123E12}|2026-07-01T10:00:00.123Z"
            })
    void time_isTakenFromTheField(String json, String time) {
        assertThat(time(EventTime.ofField("t"), json)).isEqualTo(time);
    }

    @Test
    void path_leadsIntoObjects() {
        EventTime nested = EventTime.ofField("event.time");
        assertThat(time(nested, "{\"event\":1,\"x\":{\"event\":{\"time\":1}},\"event\":{\"a\":{},\"time\":2000}}"))
                .isEqualTo("1970-01-01T00:00:02Z");
        assertThat(time(nested, "{\"event\":{\"a\":1},\"time\":2000}")).isEqualTo(ARRIVAL);
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS,1782900000.25,2026-07-01T10:00:00.250Z",
        "MILLIS,1782900000250,2026-07-01T10:00:00.250Z",
        "MICROS,1782900000250001,2026-07-01T10:00:00.250001Z",
        "NANOS,1782900000250001002,2026-07-01T10:00:00.250001002Z"
    })
    void number_isOfTheUnit(ChronoUnit unit, String number, String time) {
        assertThat(time(EventTime.ofField("t").unit(unit), "{\"t\":" + number + "}"))
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not JSON",
                "{}",
                "{\"t\":null}",
                "{\"t\":true}",
                "{\"t\":{}}",
                "{\"t\":\"\"}",
                "{\"t\":\"yesterday\"}",
                "{\"t\":\"2026-07-13T10:42:07\"}",
                "{\"t\":\"2026-02-30T10:42:07Z\"}",
                "{\"t\":\"-999999999-01-01T00:00:00Z\"}",
                "{\"t\":-1}",
                "{\"t\":0}",
                "{\"t\":1E999999999}",
                "{\"t\":1E-999999999}",
                "{\"t\":99999999999999999999999999999999999999999999999}"
            })
    void row_withoutATimeThatCanBeRead_goesByItsArrival(String json) {
        assertThat(time(EventTime.ofField("t"), json)).isEqualTo(ARRIVAL);
    }

    @Test
    void settings_areChecked_andTold() {
        assertThatThrownBy(() -> EventTime.ofField("a..b"))
                .hasMessage("event time: 'a..b' is not a path of fields, such as a.b");
        EventTime time = EventTime.ofField("a.b");
        assertThatThrownBy(() -> time.unit(ChronoUnit.DAYS))
                .hasMessage("unit must be SECONDS, MILLIS, MICROS or NANOS, not DAYS");
        assertThatThrownBy(() -> time.allowedFuture(Duration.ofSeconds(-1)))
                .hasMessage("allowedFuture must not be negative, but is PT-1S");
        assertThatThrownBy(() -> time.lateToArrival(Duration.ofSeconds(-1)))
                .hasMessage("lateAfter must not be negative, but is PT-1S");
        assertThatThrownBy(() -> time.lateToPrefix(Duration.ZERO, "!{")).hasMessageContaining("at character 1");
        assertThat(time).hasToString("field a.b in Millis, at most PT1M ahead, never late");
        assertThat(EventTime.ofPartitionKey("k").lateToArrival(Duration.ofHours(1)))
                .hasToString("partition key k in Millis, at most PT1M ahead, late after PT1H to arrival");
        assertThat(EventTime.ofPartitionKey("k").lateToPrefix(Duration.ofHours(1), "late/"))
                .hasToString("partition key k in Millis, at most PT1M ahead, late after PT1H to late/");
    }
}
