package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.ClickReader;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.RecordingProducer;
import dev.clickstream.storefront.edge.EdgeLines;
import dev.clickstream.storefront.edge.Origin.Answer;
import dev.clickstream.storefront.edge.ViewerRequest;
import dev.clickstream.storefront.shop.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop says which click a request is by what it did; the rules find the same in the log. */
class ClicksAgreeTest {

    private final Shop shop = new Shop(new RecordingProducer(), "http://127.0.0.1:8081/");
    private final RealTimeLogFormat format =
            RealTimeLogFormat.fromConfiguration(Serve.resource("real-time-log-config.json"));
    private final ClickReader reader = ClickReader.builder(format, ClickRules.parse(Serve.resource("click-rules.json")))
            .salt("salt")
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "HEAD /",
                "GET /product?action=view_details&product_id=7&product_name=Desk%20Lamp",
                "GET /?product_id=7&action=view_details",
                "GET /product?action=view_details",
                "GET /product?action=view_details&product_id=99",
                "GET /product?action=view&product_id=7",
                "GET /product",
                "GET /checkout?action=buy&product_id=15&product_name=Vase%20%22Moon%22",
                "GET /checkout?action=buy",
                "GET /checkout?%61ction=buy&product_id=7",
                "GET /checkout?action=%62uy&product_id=%37",
                "GET /checkout?action=BUY&product_id=7",
                "GET /checkout?action=buy+&product_id=7",
                "GET /checkout?action=buy&product_id=7&action=view_details",
                "GET /checkout?action=buy&product_id=7#top",
                "POST /checkout?action=buy&product_id=7",
                "GET /search?q=lamp",
                "GET /search?q=",
                "GET /search?q",
                "GET /search",
                "GET /search/?q=lamp",
                "GET /%73earch?q=lamp",
                "GET /search?q=a&q=b",
                "GET /search?q=%zz",
                "GET /search?q=lamp&action=buy&product_id=7",
                "GET /static/shop.css?action=buy&product_id=7",
                "GET /static/none.css?action=buy&product_id=7",
                "GET /pictures/7.svg",
                "GET /favicon.ico",
                "GET /basket",
                "GET /basket?action=view_details&product_id=7",
                "GET /thanks?order=1",
                "GET /sign-up",
                "GET /log-in",
                "POST /log-out",
                "GET /nowhere",
            })
    void request_isTheSameClick(String line) {
        String[] parts = line.split("[ ?]", 3);
        String query = parts.length > 2 ? parts[2] : "";
        Map<String, String> headers = Map.of("Host", "127.0.0.1:8080", "User-Agent", "test");
        ViewerRequest request = new ViewerRequest(parts[0], parts[1], query, headers::get, "127.0.0.1", new byte[0]);

        Answer answer = shop.answer(request);
        List<String> found = reader.read(EdgeLines.line(format.fields(), request, answer)).stream()
                .filter(ClickReader.Result.Click.class::isInstance)
                .map(result -> ((ClickReader.Result.Click) result).event().eventName())
                .toList();

        assertThat(found).isEqualTo(answer.click() == null ? List.of() : List.of(answer.click()));
    }

    @Test
    void click_hasProductAndVisitor_ofParameterAndCookie() {
        Map<String, String> headers = Map.of("Host", "127.0.0.1:8080", "Cookie", "a=b; cs_visitor=visitor-1");
        ViewerRequest request = new ViewerRequest(
                "GET",
                "/product",
                "action=view_details&product_id=16&product_name=Notebook%20%26%20Pencil",
                headers::get,
                "127.0.0.1",
                new byte[0]);

        var results = reader.read(EdgeLines.line(format.fields(), request, shop.answer(request)));

        ClickEvent event = ((ClickReader.Result.Click) results.get(0)).event();
        assertThat(event.userPseudoId()).isEqualTo("visitor-1");
        assertThat(event.items()).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("16");
            assertThat(item.name()).isEqualTo("Notebook & Pencil");
        });
    }
}
