package dev.clickstream.storefront.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.RecordingProducer;
import dev.clickstream.storefront.edge.Origin.Answer;
import dev.clickstream.storefront.edge.ViewerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor's way through the shop, without a network. */
class ShopTest {

    private final RecordingProducer producer = new RecordingProducer();
    private final Shop shop = new Shop(producer, "http://127.0.0.1:8081/");
    private final Map<String, String> cookies = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>(Map.of("Host", "127.0.0.1:8080", "User-Agent", "test"));

    private Answer get(String address) {
        String[] parts = address.split("\\?", 2);
        return send("GET", parts[0], parts.length > 1 ? parts[1] : "", "");
    }

    private Answer post(String path, String form) {
        return send("POST", path, "", form);
    }

    private Answer send(String method, String path, String query, String body) {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        if (!cookies.isEmpty()) {
            sent.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Answer answer = shop.answer(
                new ViewerRequest(method, path, query, sent::get, "127.0.0.1", body.getBytes(StandardCharsets.UTF_8)));
        answer.headers().stream().filter(h -> h.name().equals("Set-Cookie")).forEach(h -> {
            String[] cookie = h.value().split(";", 2)[0].split("=", 2);
            cookies.put(cookie[0], cookie[1]);
        });
        return answer;
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String location(Answer answer) {
        return answer.headers().stream()
                .filter(h -> h.name().equals("Location"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static String order(Answer checkout) {
        Matcher order = Pattern.compile("name=\"order\" value=\"([0-9a-f]+)\"").matcher(text(checkout));
        assertThat(order.find()).isTrue();
        return order.group(1);
    }

    @Test
    void pages_sayWhichClickTheyAre() {
        assertThat(get("/").click()).isEqualTo("page_view");
        assertThat(get("/product?action=view_details&product_id=7").click()).isEqualTo("view_item");
        assertThat(get("/checkout?action=buy&product_id=7").click()).isEqualTo("begin_checkout");
        assertThat(get("/search?q=lamp").click()).isEqualTo("search");
        assertThat(get("/search").click()).isEqualTo("page_view");
        assertThat(get("/pictures/7.svg").click()).isNull();
        assertThat(get("/product?action=view_details&product_id=99"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(404))
                .satisfies(answer -> assertThat(answer.click()).isNull());
        assertThat(send("HEAD", "/", "", "").click()).isNull();
        assertThat(producer.events()).isEmpty();
    }

    @Test
    void purchase_isSentOnce_howeverOftenTheFormIsSent() {
        post("/consent", "answer=granted&back=/");
        get("/");
        String order = order(get("/checkout?action=buy&product_id=7"));

        Answer first = post("/purchase", "order=" + order + "&product_id=7");
        Answer second = post("/purchase", "order=" + order + "&product_id=7");

        assertThat(first.status()).isEqualTo(303);
        assertThat(location(second)).isEqualTo(location(first));
        assertThat(text(get(location(first)))).contains("Thank you").contains("Desk Lamp");
        assertThat(producer.events()).singleElement().satisfies(event -> {
            assertThat(event.eventName()).isEqualTo("purchase");
            assertThat(event.userPseudoId()).isEqualTo(cookies.get("cs_visitor"));
            assertThat(event.items()).singleElement().satisfies(item -> {
                assertThat(item.id()).isEqualTo("7");
                assertThat(item.price()).isEqualByComparingTo("79.00");
                assertThat(item.currency()).isEqualTo("EUR");
                assertThat(item.quantity()).isEqualTo(1);
            });
            assertThat(event.properties()).containsEntry("value", "79.00").containsEntry("transaction_id", order);
        });
    }

    @Test
    void basket_isBoughtAsAWhole_andThenEmpty() {
        post("/basket", "product_id=3");
        post("/basket", "product_id=3");
        post("/basket", "product_id=15");
        post("/basket", "product_id=9");
        post("/basket/remove", "product_id=9");
        assertThat(text(get("/basket")))
                .contains("Vase &quot;Moon&quot;")
                .contains("€62.00")
                .doesNotContain("Beeswax");
        Answer checkout = get("/checkout?action=buy");
        assertThat(checkout.click()).isEqualTo("begin_checkout");

        post("/purchase", "order=" + order(checkout) + "&product_id=");

        assertThat(text(get("/basket"))).contains("It is empty");
        assertThat(get("/checkout?action=buy").status()).isEqualTo(303);
        assertThat(producer.events())
                .extracting(ClickEvent::eventName)
                .containsExactly("add_to_cart", "add_to_cart", "add_to_cart", "add_to_cart", "purchase");
        assertThat(producer.events().get(4).items())
                .extracting(item -> item.id() + "x" + item.quantity())
                .containsExactly("3x2", "15x1");
    }

    @Test
    void account_isKnownAfterSignUp_andItsEventsCarryItsIdIfAllowed() {
        post("/consent", "answer=granted&back=/");
        get("/");
        String before = cookies.get("shop_session");

        assertThat(location(post("/sign-up", "email=anna%40example.com&password=long+enough")))
                .isEqualTo("/");
        assertThat(cookies.get("shop_session")).isNotEqualTo(before);
        assertThat(text(get("/"))).contains("anna@example.com").contains("Log out");
        post("/log-out", "");
        assertThat(text(get("/"))).doesNotContain("anna@example.com");
        assertThat(post("/log-in", "email=anna%40example.com&password=wrong").status())
                .isEqualTo(422);
        post("/log-in", "email=anna%40example.com&password=long+enough");

        assertThat(producer.events()).extracting(ClickEvent::eventName).containsExactly("sign_up", "login");
        assertThat(producer.events().stream().map(ClickEvent::userId).distinct())
                .doesNotContainNull()
                .hasSize(1);
    }

    @Test
    void visitorWithoutConsent_getsNoVisitorCookie_andHisEventsNoAccount() {
        get("/");
        post("/consent", "answer=denied&back=/");
        get("/");
        post("/sign-up", "email=ben%40example.com&password=long+enough");

        assertThat(cookies.getOrDefault("cs_visitor", "")).isEmpty();
        assertThat(producer.events()).singleElement().satisfies(event -> {
            assertThat(event.userId()).isNull();
            assertThat(event.userPseudoId()).isNotBlank();
        });
    }

    @Test
    void cookie_isNoneThatOnlyHttpsKeeps() {
        post("/consent", "answer=granted&back=/");

        assertThat(get("/").headers())
                .filteredOn(h -> h.value().startsWith("cs_visitor="))
                .singleElement()
                .satisfies(h -> assertThat(h.value()).contains("HttpOnly").doesNotContain("Secure"));
    }

    @Test
    void whatVisitorsWrite_isEscaped() {
        String attack = "%3Cscript%3Ealert(1)%3C/script%3E\"%27";

        assertThat(text(get("/search?q=" + attack))).doesNotContain("<script>").contains("&lt;script&gt;");
        assertThat(text(post("/sign-up", "email=" + attack + "&password=x")))
                .doesNotContain("<script>")
                .contains("Please give an e-mail address.");
    }

    @Test
    void formOfAnotherSite_isRefused() {
        headers.put("Origin", "http://evil.example");
        assertThat(post("/basket", "product_id=3").status()).isEqualTo(403);
        headers.put("Origin", "http://127.0.0.1:8080");
        assertThat(post("/basket", "product_id=3").status()).isEqualTo(303);
    }

    @Test
    void requestThatCanBeReadInTwoWays_isRefused() {
        assertThat(get("/?action=buy&action=view_details&product_id=7").status())
                .isEqualTo(400);
        assertThat(get("/search?q=%zz").status()).isEqualTo(400);
        assertThat(post("/purchase", "order=1&product_id=7").status()).isEqualTo(400);
        assertThat(producer.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/search?q=lamp",
                "/product?action=view_details&product_id=7",
                "/checkout?action=buy&product_id=7",
                "/basket",
                "/sign-up",
                "/log-in",
                "/nowhere"
            })
    void page_canBeUsedWithoutMouseAndScreen(String address) {
        post("/basket", "product_id=3");
        String page = text(get(address));

        assertThat(page).contains("<html lang=\"en\">").contains("name=\"viewport\"");
        assertThat(page.indexOf("<a "))
                .as("the first link")
                .isEqualTo(page.indexOf("<a class=\"skip\" href=\"#main\""));
        assertThat(page).containsOnlyOnce("<h1>").containsOnlyOnce("<main id=\"main\"");
        assertThat(all("<img [^>]*>", page)).allMatch(image -> image.contains(" alt=\""));
        assertThat(all("<nav[^>]*>", page)).allMatch(nav -> nav.contains("aria-label"));
        assertThat(all("<input [^>]*>", page))
                .filteredOn(input -> !input.contains("type=\"hidden\""))
                .isNotEmpty()
                .allMatch(input -> page.contains("<label " + (input.contains("id=\"q\"") ? "class=\"hidden\" " : "")
                        + "for=" + all("id=(\"[^\"]*\")", input).get(0).substring(3)));
        assertThat(all(" id=\"[^\"]*\"", page)).doesNotHaveDuplicates();
        assertThat(page).doesNotContain("{}").doesNotContain("style=").doesNotContain("<script");
    }

    private static List<String> all(String pattern, String page) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
