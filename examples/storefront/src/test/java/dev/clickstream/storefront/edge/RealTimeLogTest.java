package dev.clickstream.storefront.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealTimeLogTest {

    private static final Map<String, String> HEADERS = Map.of(
            "Host", "127.0.0.1:8080",
            "User-Agent", "Mozilla/5.0 (a \"b\") <c>",
            "Cookie", "cs_visitor=abc; note={x}");

    private static LoggedRequest request(Map<String, String> headers) {
        ViewerRequest request = new ViewerRequest(
                "GET", "/product", "action=buy&product_name=Moon%20%26%20Sun", headers::get, "::1", new byte[0]);
        return new LoggedRequest(
                "id-1", Instant.parse("2026-01-31T10:00:00.042Z"), Duration.ofMillis(1_007), request, 200, 1_234);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "timestamp|1769853600.042",
                "time-taken|1.007",
                "c-ip|::1",
                "c-ip-version|IPv6",
                "sc-status|200",
                "sc-bytes|1234",
                "cs-method|GET",
                "cs-host|127.0.0.1:8080",
                "cs-uri-stem|/product?action=buy&product_name=Moon%2520%2526%2520Sun",
                "cs-uri-query|action=buy&product_name=Moon%2520%2526%2520Sun",
                "cs-user-agent|Mozilla/5.0%20(a%20%22b%22)%20%3Cc%3E",
                "cs-cookie|cs_visitor=abc;%20note=%7Bx%7D",
                "cs-referer|-",
                "x-edge-request-id|id-1",
                "x-edge-response-result-type|Miss",
                "asn|-"
            })
    void field_isEncodedOnceMore(String name, String value) {
        assertThat(request(HEADERS).field(name)).isEqualTo(value);
    }

    @Test
    void cookies_areCutAt800BytesBeforeTheyAreEncoded() {
        LoggedRequest request = request(Map.of("Cookie", "{".repeat(900)));

        assertThat(request.field("cs-cookie")).isEqualTo("%7B".repeat(800));
    }

    @Test
    void status_whenTheViewerWentAway_isThreeZeros() {
        ViewerRequest request = new ViewerRequest("GET", "/", "", name -> null, "127.0.0.1", new byte[0]);

        assertThat(new LoggedRequest("id", Instant.EPOCH, Duration.ZERO, request, 0, 0).field("sc-status"))
                .isEqualTo("000");
    }
}
