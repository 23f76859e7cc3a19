package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard as a browser meets it, over HTTP. */
class DashboardServerTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedPipeline pipeline;
    private DashboardServer server;

    @BeforeEach
    void start() {
        pipeline = new ScriptedPipeline(directory.resolve("lake"));
        server = DashboardServer.start(pipeline, 0);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
    }

    private JsonNode state() throws Exception {
        HttpResponse<String> answer = get("/api/state");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address().resolve(path)).POST(BodyPublishers.ofString(body));
        return http.send(
                headers.length == 0
                        ? request.header("Content-Type", "application/json").build()
                        : request.headers(headers).build(),
                BodyHandlers.ofString());
    }

    private void deliver(String item, String name) throws IOException {
        new WrittenLake(pipeline.lake())
                .rows(
                        "2026/01/31/12/a.gz",
                        NOON.plusSeconds(1),
                        ClickEvent.builder("view_item")
                                .eventId("1")
                                .eventTimestamp(NOON)
                                .userPseudoId("the-visitor's-cookie")
                                .userId("the-visitor's-name")
                                .deviceUserAgent("the-visitor's-browser")
                                .item(Item.of(item, name))
                                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/page.js", "/page.css", "/uPlot.js", "/uPlot.css", "/icon.svg", "/api/state", "/nothing"})
    void everyAnswer_forbidsWhatThePageDoesNotNeed(String path) throws Exception {
        var headers = get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void files_haveTheirTypes_andNothingElseIsThere() throws Exception {
        assertThat(get("/").headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(get("/").body()).startsWith("<!doctype html>");
        assertThat(get("/uPlot.js").headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(get("/uPlot.js").body()).contains("uPlot");
        assertThat(get("/uPlot.css").headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(get("/index.html").statusCode()).isEqualTo(404);
        assertThat(get("/..%2fcatalog.csv").statusCode()).isEqualTo(404);
    }

    @Test
    void emptyLake_isAState() throws Exception {
        JsonNode state = state();

        assertThat(state.at("/check/verdict").asText()).isEqualTo("NOTHING_SENT");
        assertThat(state.at("/lake/totals/clicks").asDouble()).isZero();
        assertThat(state.at("/lake/objects/count").asLong()).isZero();
        assertThat(state.at("/lake/freshness/newestObject").isNull()).isTrue();
        assertThat(state.at("/lake/products")).hasSize(24);
    }

    @Test
    void state_holdsWhatTheLakeAndThePipelineSay() throws Exception {
        deliver("1", null);
        pipeline.expected.put("view_item", 3L);
        pipeline.results.put("dropped", 4L);
        pipeline.reasons.put("bot", 4L);
        pipeline.health = List.of("shard 1 waits");

        JsonNode state = state();

        assertThat(state.at("/shop").asText()).isEqualTo("http://127.0.0.1:8080/");
        assertThat(state.at("/check/verdict").asText()).isEqualTo("ON_THE_WAY");
        assertThat(state.at("/check/missing").asLong()).isEqualTo(2);
        assertThat(state.at("/check/lines/0/event").asText()).isEqualTo("view_item");
        assertThat(state.at("/lake/totals/clicks").asDouble()).isEqualTo(1);
        assertThat(state.at("/lake/newest/0/product").asText()).isEqualTo("Copper Kettle");
        assertThat(state.at("/lake/freshness/median").asLong()).isEqualTo(1000);
        assertThat(state.at("/lake/minutes/step").asLong()).isEqualTo(60_000);
        assertThat(state.at("/results/dropped").asLong()).isEqualTo(4);
        assertThat(state.at("/reasons/bot").asLong()).isEqualTo(4);
        assertThat(state.at("/health/0").asText()).isEqualTo("shard 1 waits");
        assertThat(state.at("/switches/0/name").asText()).isEqualTo("visitors");
        assertThat(state.at("/switches/0/on").isBoolean()).isTrue();
    }

    @Test
    void shards_areSharesOfTheHashKeys() throws Exception {
        pipeline.shards =
                List.of(ScriptedPipeline.shard(0, 0, 0.25, false, 0), ScriptedPipeline.shard(1, 0.25, 1, true, 7));

        JsonNode shards = state().at("/shards");

        assertThat(shards.toString())
                .isEqualTo("[{\"id\":\"shardId-000000000000\",\"from\":0.0,\"to\":0.25,\"isOpen\":false,\"waiting\":0},"
                        + "{\"id\":\"shardId-000000000001\",\"from\":0.25,\"to\":1.0,\"isOpen\":true,\"waiting\":7}]");
    }

    @Test
    void nobodysIdAddressOrBrowser_isInTheState() throws Exception {
        deliver("1", null);

        assertThat(state().toString()).contains("Copper Kettle").doesNotContain("the-visitor's");
    }

    @Test
    void hostileNames_areTextInJson() throws Exception {
        String hostile = "</script><img src=x onerror=\"alert('1')\">\u2028\\";
        deliver("<x>", hostile);

        HttpResponse<String> answer = get("/api/state");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode products = MAPPER.readTree(answer.body()).at("/lake/products");
        assertThat(products.get(0).get("name").asText()).isEqualTo(hostile);
    }

    @Test
    void lake_thatCannotBeRead_isAProblem_untilItCan() throws Exception {
        Path broken = pipeline.lake().resolve("clicks/a.gz");
        Files.createDirectories(broken.getParent());
        Files.writeString(broken, "not gzip: visitor-17");

        HttpResponse<String> answer = get("/api/state");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"problem\":\"the numbers cannot be read at the moment\"}");

        Files.delete(broken);
        assertThat(get("/api/state").statusCode()).isEqualTo(200);
    }

    @Test
    void switch_isSet_andTheAnswerShowsIt() throws Exception {
        HttpResponse<String> answer = post("/api/switches/throttle", "{\"on\":true}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(pipeline.on).containsEntry("throttle", true);
        assertThat(MAPPER.readTree(answer.body()).get(1).get("on").asBoolean()).isTrue();
        assertThat(state().at("/switches/1/on").asBoolean()).isTrue();

        post("/api/switches/throttle", "{\"on\":false}");
        assertThat(pipeline.on).containsEntry("throttle", false);
    }

    @Test
    void switch_thatThereIsNot_is404() throws Exception {
        assertThat(post("/api/switches/nothing", "{\"on\":true}").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"on\":1}", "{\"on\":", "[]", "null", "true"})
    void switch_setToNeitherOnNorOff_is400(String body) throws Exception {
        assertThat(post("/api/switches/throttle", body).statusCode()).isEqualTo(400);
        assertThat(pipeline.on).isEmpty();
    }

    @Test
    void switch_setByAnotherSitesPage_isRefused() throws Exception {
        HttpResponse<String> answer = post(
                "/api/switches/throttle",
                "{\"on\":true}",
                "Content-Type",
                "application/json",
                "Origin",
                "http://evil.example");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(post("/api/switches/throttle", "{\"on\":true}", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(403);
        assertThat(pipeline.on).isEmpty();
    }

    @Test
    void switch_setByThisPage_isSet() throws Exception {
        String own = server.address().toString().replaceAll("/$", "");

        post("/api/switches/throttle", "{\"on\":true}", "Content-Type", "application/json", "Origin", own);

        assertThat(pipeline.on).containsEntry("throttle", true);
    }

    @Test
    void methods_thatArePartOfNothing_are405() throws Exception {
        assertThat(get("/api/switches/throttle").statusCode()).isEqualTo(405);
        assertThat(post("/api/state", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void request_byAnotherName_isRefused() throws Exception {
        URI address = server.address();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.getOutputStream()
                    .write("GET /api/state HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);

            assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void port_thatIsTaken_isSaid() {
        int port = server.address().getPort();

        assertThatThrownBy(() -> DashboardServer.start(pipeline, port))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nothing can listen on port " + port);
    }

    @Test
    void close_endsIt_andAgainIsHarmless() {
        server.close();

        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        assertThatCode(server::close).doesNotThrowAnyException();
    }
}
