package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.HttpClick.Consent;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClickTest {

    private static final String URL = "https://shop.example/product/7?mail=ann@example.com#top";

    private static final Map<String, String> BROWSER = Map.of(
            "Referer", "https://search.example/?q=mine",
            "User-Agent", "Mozilla/5.0",
            "Host", "shop.example",
            "Cookie", "other=1; cs_consent=granted; cs_visitor=3f1c9a52-visitor");

    private static HttpClick click(Map<String, String> headers) {
        Map<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(headers);
        return HttpClick.of("GET", URL, ignoringCase::get);
    }

    private static HttpClick with(String header, String value) {
        Map<String, String> headers = new TreeMap<>(BROWSER);
        headers.put(header, value);
        return click(headers);
    }

    @Test
    void event_ofAVisitorWhoConsented_hasAllThatTheRequestTells() {
        HttpClick click = click(BROWSER);
        ClickEvent event = click.event("view_item").build();

        assertThat(event.eventName()).isEqualTo("view_item");
        assertThat(event.userPseudoId()).isEqualTo("3f1c9a52-visitor");
        assertThat(event.pageLocation()).isEqualTo(URL);
        assertThat(event.pageReferrer()).isEqualTo("https://search.example/?q=mine");
        assertThat(event.deviceUserAgent()).isEqualTo("Mozilla/5.0");
        assertThat(event.requestMethod()).isEqualTo("GET");
        assertThat(event.requestHost()).isEqualTo("shop.example");
        assertThat(event.properties()).containsEntry("consent", "granted");
        assertThat(click.setCookie()).isEmpty();
    }

    @Test
    void visitor_whoComesFirst_getsACookieAndIsRecognizedByIt() {
        HttpClick first = with("Cookie", "cs_consent=granted");
        String cookie = first.setCookie().orElseThrow();
        String id = first.event("page_view").build().userPseudoId();

        assertThat(cookie).isEqualTo("cs_visitor=" + id + "; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax");
        HttpClick next = with("Cookie", "cs_consent=granted; cs_visitor=" + id);
        assertThat(next.event("page_view").build().userPseudoId()).isEqualTo(id);
        assertThat(next.setCookie()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cs_visitor=3f1c9a52-visitor", "cs_consent=denied; cs_visitor=3f1c9a52-visitor", "="})
    void event_withoutConsent_linksToNothing(String cookies) {
        HttpClick click = with("Cookie", cookies);
        ClickEvent event = click.event("page_view").build();

        assertThat(click.consent()).isEqualTo(Consent.DENIED);
        assertThat(event.userPseudoId()).isNotEqualTo("3f1c9a52-visitor");
        assertThat(event.userPseudoId())
                .isNotEqualTo(with("Cookie", cookies).event("page_view").build().userPseudoId());
        assertThat(event.pageLocation()).isEqualTo("https://shop.example/product/7");
        assertThat(event.pageReferrer()).isEqualTo("https://search.example/");
        assertThat(event.deviceUserAgent()).isNull();
        assertThat(event.properties()).containsEntry("consent", "denied");
        assertThat(click.setCookie()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-GPC", "DNT"})
    void browser_thatRefuses_hasNotConsented(String header) {
        assertThat(with(header, "1").consent()).isEqualTo(Consent.DENIED);
        assertThat(with(header, "0").consent()).isEqualTo(Consent.GRANTED);
    }

    @Test
    void site_hasTheLastWord() {
        assertThat(click(BROWSER).withConsent(Consent.DENIED).consent()).isEqualTo(Consent.DENIED);
        assertThat(with("Cookie", "a=b").withConsent(Consent.GRANTED).setCookie())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "<script>alert(1)</script>"})
    void cookie_thatIsNotOurs_isReplaced(String value) {
        HttpClick click = with("Cookie", "cs_consent=granted; cs_visitor=" + value);

        assertThat(click.setCookie()).isPresent();
        assertThat(click.event("page_view").build().userPseudoId()).isNotEqualTo(value);
    }

    @Test
    void request_withoutHeaders_isFine() {
        ClickEvent event = click(Map.of()).event("page_view").build();

        assertThat(event.pageReferrer()).isNull();
        assertThat(click(BROWSER)).hasToString("HttpClick[GET, consent GRANTED]");
    }
}
