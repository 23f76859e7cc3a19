package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.cloudfront.ClickReader.Result;
import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import dev.clickstream.event.ClickEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records of real streams, value by value. */
class RealRecordsTest {

    @Test
    void reader_whenOfferedRecordsOf45And40Fields_givesEachValue() throws IOException {
        read("aws-45-fields.tsv", "aws-45-fields.expected.json");
        read("kinesis-40-fields.txt", "kinesis-40-fields.expected.json");
    }

    private static RealTimeLogReader read(String record, String expected) throws IOException {
        JsonNode values = new JsonMapper().readTree(text(expected));
        List<String> fields = new ArrayList<>();
        values.fieldNames().forEachRemaining(fields::add);
        RealTimeLogReader reader = new RealTimeLogReader(RealTimeLogFormat.of(fields));
        reader.reset(lastLine(record));
        assertThat(reader.next()).isTrue();
        assertThat(reader.problem()).isNull();
        for (String field : fields) {
            assertThat(reader.raw(field)).as(field).isEqualTo(values.path(field).textValue());
        }
        assertThat(RealTimeLogFormat.fromConfigured(fields).fields()).isEqualTo(fields);
        return reader;
    }

    @Test
    void values_ofARealRecord_areTyped() throws IOException {
        RequestValues values = new RequestValues(read("aws-45-fields.tsv", "aws-45-fields.expected.json"));

        assertThat(values.timestamp()).isEqualTo(Instant.parse("2022-12-14T08:09:11.148Z"));
        assertThat(values.address("c-ip")).hasToString("/27.0.3.156");
        assertThat(values.number("sc-bytes")).isEqualTo(2212);
        assertThat(values.number("asn")).isEqualTo(16509);
        assertThat(values.number("sc-content-len")).isNull();
        assertThat(values.decimal("time-taken")).isEqualTo(new BigDecimal("0.001"));
        assertThat(values.parameter("v", Layers.TWO)).isEqualTo("v1.2.0");
        assertThat(values.headerNames()).hasSize(13).startsWith("host", "pragma");
        assertThat(values.header("Sec-CH-UA-Platform")).isEqualTo("\"macOS\"");
        assertThat(values.header("accept-language")).isEqualTo("en,zh-CN;q=0.9,zh;q=0.8");
    }

    @Test
    void values_ofADoublyEncodedParameter_areDecodedAsOftenAsAsked() throws IOException {
        RequestValues values = new RequestValues(read("kinesis-40-fields.txt", "kinesis-40-fields.expected.json"));

        assertThat(values.parameter("url", Layers.TWO)).isEqualTo("http://localhost:5000/page-2");
        assertThat(values.parameter("url", Layers.ONE)).isEqualTo("http%3A%2F%2Flocalhost%3A5000%2Fpage-2");
    }

    @Test
    void pixels_giveTheirExpectedEvents() throws IOException {
        JsonNode expected = new JsonMapper().readTree(text("pixel.expected.json"));
        for (String file : List.of("pixel-page-view.tsv", "pixel-tab-event.tsv")) {
            JsonNode values = expected.path(file);
            ClickEvent event = pixel(file);
            assertThat(event.pageLocation())
                    .isEqualTo(values.path("request_url").asText());
            assertThat(event.properties())
                    .containsEntry("page_path", values.path("request_path").asText());
            long millis = Instant.parse(values.path("event_timestamp").asText()).toEpochMilli();
            assertThat(event.properties())
                    .containsEntry("client_timestamp", Long.toString(millis))
                    .containsEntry(
                            "page_host", values.at("/partitionKeys/domain_name").asText());
        }
        ClickEvent view = pixel("pixel-page-view.tsv");
        JsonNode values = expected.path("pixel-page-view.tsv");
        assertThat(view.eventName()).isEqualTo("page_view");
        assertThat(view.requestStatus())
                .isEqualTo(values.path("request_status_code").intValue());
        assertThat(view.requestEdge()).startsWith(values.path("edge_id").asText());
        assertThat(view.properties())
                .containsEntry("time_zone", values.path("browser_timezone").asText())
                .containsEntry("language", values.path("browser_language").asText());
        assertThat(view.properties().get("window_width") + "x"
                        + view.properties().get("window_height"))
                .isEqualTo(values.path("device_inner_resolution").asText());
        assertThat(pixel("pixel-tab-event.tsv").eventName()).isEqualTo("tabHidden");
        assertThat(pixel("pixel-tab-event.tsv").properties()).containsEntry("event_data", "{}");
    }

    private static ClickEvent pixel(String file) throws IOException {
        RealTimeLogFormat format =
                RealTimeLogFormat.of(text("pixel.fields.txt").lines().toList());
        List<Result> results =
                ClickReader.builder(format, ClickRules.pixel()).build().read(lastLine(file));
        assertThat(results).hasSize(1).first().isInstanceOf(Result.Click.class);
        return ((Result.Click) results.get(0)).event();
    }

    static byte[] lastLine(String file) throws IOException {
        List<String> lines = text(file).lines().toList();
        return lines.get(lines.size() - 1).getBytes(UTF_8);
    }

    static String text(String file) throws IOException {
        try (var in = RealRecordsTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
