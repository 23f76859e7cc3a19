package dev.clickstream.storefront;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person with a browser walks through the shop, and becomes numbers. */
class ServeIT {

    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(30);
    private static final ServeOptions OPTIONS =
            new ServeOptions(OptionalInt.of(0), OptionalInt.of(0), 100, false, null);

    @TempDir
    Path folder;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private String get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    private String post(URI address, String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                browser.send(request.header("User-Agent", "a person").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.uri().getPath()).isEqualTo(200);
        // Java takes a cookie with Max-Age for one of RFC 2965, and would send it in quotes.
        cookies.getCookieStore().getCookies().forEach(cookie -> cookie.setVersion(0));
        return response.body();
    }

    @Test
    void walkThroughTheShop_isInTheLake_eachClickOnceAndOneVisitors()
            throws IOException, InterruptedException, SQLException {
        Path lake;
        try (Serve serve = Serve.start(OPTIONS, folder.toRealPath())) {
            walk(serve.shop());
            lake = serve.pipeline().lake();

            Lakes.awaitExact(serve.pipeline(), DELIVERED_WITHIN);

            assertThat(serve.pipeline().expectedEvents())
                    .isEqualTo(Map.of(
                            "page_view", 7L,
                            "search", 1L,
                            "view_item", 3L,
                            "begin_checkout", 1L,
                            "add_to_cart", 1L,
                            "purchase", 1L,
                            "sign_up", 1L,
                            "login", 1L));
            assertThat(serve.pipeline().workerResults()).containsEntry("failed", 0L);
            await().atMost(10, SECONDS)
                    .untilAsserted(
                            () -> assertThat(serve.pipeline().reasons()).containsOnlyKeys("noise", "not_a_click"));
            assertThat(serve.pipeline().shards()).hasSize(2).allMatch(shard -> shard.open());
            assertThat(get(serve.dashboard())).contains("<html");

            // After the orderly stop, what was clicked last is there too; faults are switched off for it.
            serve.pipeline().set("s3_down", true);
            get(serve.shop().resolve("/product?action=view_details&product_id=1"));
        }

        assertThat(Lakes.rowsByName(lake)).containsEntry("view_item", 4L);
        assertThat(Lakes.value(
                        lake, "count(DISTINCT user_pseudo_id)", "event_name IN ('view_item', 'purchase', 'login')"))
                .as("visitors, by log and backend")
                .isEqualTo("1");
        assertThat(Lakes.value(lake, "items[1].item_name", "event_name = 'begin_checkout'"))
                .isEqualTo("Notebook & Pencil");
        assertThat(Lakes.value(lake, "items[1].item_id || 'x' || items[1].quantity", "event_name = 'purchase'"))
                .isEqualTo("16x1");
    }

    /** Seven pages: home, home after consent, sign-up, log-out and log-in, the basket, and thanks. */
    private void walk(URI shop) throws IOException, InterruptedException {
        get(shop);
        post(shop.resolve("/consent"), "answer=granted&back=/");
        post(shop.resolve("/sign-up"), "email=anna%40example.com&password=long+enough");
        post(shop.resolve("/log-out"), "");
        get(shop.resolve("/search?q=lamp"));
        get(shop.resolve("/pictures/7.svg"));
        for (int i = 0; i < 3; i++) {
            get(shop.resolve("/product?action=view_details&product_id=7&product_name=Desk%20Lamp"));
        }
        post(shop.resolve("/log-in"), "email=anna%40example.com&password=long+enough");
        post(shop.resolve("/basket"), "product_id=3");
        String checkout = get(shop.resolve("/checkout?action=buy&product_id=16&product_name=Notebook%20%26%20Pencil"));
        Matcher order = Pattern.compile("name=\"order\" value=\"([0-9a-f]+)\"").matcher(checkout);
        assertThat(order.find()).isTrue();
        post(shop.resolve("/purchase"), "order=" + order.group(1) + "&product_id=16");
    }

    @Test
    void port_whenBusy_isSaid_andNothingRuns() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            for (String option : List.of("--shop-port", "--dashboard-port")) {
                var err = new ByteArrayOutputStream();
                int code = Main.run(
                        List.of("serve", "--directory", folder.resolve(option).toString(), option, port),
                        System.out,
                        new PrintStream(err, true, StandardCharsets.UTF_8));

                assertThat(code).isEqualTo(2);
                assertThat(err.toString(StandardCharsets.UTF_8).lines())
                        .singleElement()
                        .satisfies(line ->
                                assertThat(line).startsWith("storefront: ").contains(port));
            }
        }
    }
}
