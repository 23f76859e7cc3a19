package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.cloudfront.ClickReader.Result;
import dev.clickstream.event.ClickEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardLogReaderTest {

    private static final String HEADER = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method "
            + "cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type "
            + "x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher "
            + "x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port "
            + "time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start "
            + "sc-range-end\n";
    private static final String LINE = "2026-01-31\t23:59:58\tFRA56-P4\t2212\t192.0.2.1\tGET\td1.cloudfront.net\t"
            + "/product/7\t200\thttps://s/\tMozilla/5.0%20(X)\ta=1%2520\t-\tHit\tid==\tshop.example\thttps\t50\t0.001\t"
            + "-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\tHTTP/2.0\t-\t-\t17929\t0.001\tHit\ttext/html\t-\t-\t-\n";

    private static List<Result> read(String file) {
        List<Result> results = new ArrayList<>();
        try {
            new StandardLogReader(format ->
                            ClickReader.builder(format, ClickRules.paths()).build())
                    .read(new ByteArrayInputStream(file.getBytes(UTF_8)), results::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return results;
    }

    @Test
    void read_givesTheEventThatARealTimeLogWouldGive() {
        List<Result> results = read(HEADER + LINE + LINE.replace("/product/7", "/image/7"));
        assertThat(results).hasSize(2);
        ClickEvent event = ((Result.Click) results.get(0)).event();
        assertThat(event.eventName()).isEqualTo("view_item");
        assertThat(event.eventTimestamp()).hasToString("2026-01-31T23:59:58Z");
        assertThat(event.eventId()).isEqualTo("id==");
        assertThat(event.requestHost()).isEqualTo("shop.example");
        assertThat(event.pageLocation()).isEqualTo("https://shop.example/product/7?a=1%20");
        assertThat(event.pageReferrer()).isEqualTo("https://s/");
        assertThat(event.deviceUserAgent()).isEqualTo("Mozilla/5.0 (X)");
        assertThat(results.get(1)).isEqualTo(new Result.Dropped("noise"));
    }

    @Test
    void read_takesFilesWithFewerFieldsAndSeveralHeaders() {
        String older = "#Fields: date time c-ip cs-method cs-uri-stem sc-status\n";
        List<Result> results = read(HEADER + LINE + older + "2019-02-28\t00:00:00\t::1\tGET\t/search\t200");
        assertThat(((Result.Click) results.get(1)).event().eventTimestamp()).hasToString("2019-02-28T00:00:00Z");
    }

    @Test
    void read_whenALineIsBroken_saysSoAndGoesOn() {
        List<Result> results = read("stray\n" + HEADER + LINE.replace("2026-01-31", "2026-13-31")
                + LINE.replace("23:59:58", "24:00:00") + LINE.replace("23:59:58", "noon") + "\n"
                + "x".repeat(RealTimeLogReader.MAX_LINE_BYTES + 5) + "\n" + LINE);
        assertThat(results.stream().map(StandardLogReaderTest::code))
                .containsExactly(
                        "no_fields", "no_timestamp", "no_timestamp", "bad_value", "empty_line", "too_long", "click");
    }

    private static String code(Result result) {
        return result instanceof Result.Malformed malformed ? malformed.code() : "click";
    }

    @Test
    void format_whenTheHeaderIsNone_says() {
        assertThatThrownBy(() -> StandardLogReader.format("date time"))
                .hasMessage("a standard log's fields stand in a line that begins with #Fields:");
        assertThatThrownBy(() -> read("#Fields: time c-ip\n"))
                .hasMessage("the format does not hold timestamp: every event has a time");
    }
}
