package dev.clickstream.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The code that LOG.md shows. */
class LogGuideTest {

    private static final String CONFIGURATION =
            """
            {"RealtimeLogConfig": {
              "Name": "clicks",
              "SamplingRate": 25,
              "Fields": ["timestamp", "c-ip", "sc-status", "cs-method", "cs-uri-stem", "x-edge-request-id",
                         "cs-user-agent", "cs-referer", "cs-cookie"]}}
            """;

    private static final String RULES =
            """
            {"rules": [
              {"drop": "noise", "path": ["/static/*", "/image/*"], "path_suffix": [".css", ".js", ".ico"]},
              {"drop": "not_answered", "status": [0]},
              {"event_name": "begin_checkout", "query": {"action": "buy"},
               "take": {"item_id": "query:product_id", "item_name": "query:product_name",
                        "user_pseudo_id": "cookie:visitor"}},
              {"event_name": "view_item", "method": "GET", "status": [200, 304], "path": "/product/{item_id}",
               "take": {"user_pseudo_id": "cookie:visitor", "page_location": "request:url", "shop": "text:kettles"}},
              {"event_name": "query:ev", "query_present": ["ev"],
               "take": {"user_pseudo_id": "cookie:visitor"}}]}
            """;

    private static final String SECRET = "a secret of the shop's own";

    private static byte[] line(String... values) {
        return String.join("\t", values).getBytes(StandardCharsets.UTF_8);
    }

    private static ClickReader reader() {
        RealTimeLogFormat format = RealTimeLogFormat.fromConfiguration(CONFIGURATION);
        ClickReader reader = ClickReader.builder(format, ClickRules.parse(RULES))
                .bots(ClickReader.BotPolicy.DROP)
                .salt(SECRET)
                .build();
        return reader;
    }

    private static void count(
            byte[] record, List<ClickEvent> clicks, Map<String, Integer> dropped, List<String> wrong) {
        for (ClickReader.Result result : reader().read(record)) {
            if (result instanceof ClickReader.Result.Click click) {
                clicks.add(click.event());
            } else if (result instanceof ClickReader.Result.Dropped drop) {
                dropped.merge(drop.rule(), 1, Integer::sum);
            } else if (result instanceof ClickReader.Result.Malformed malformed) {
                wrong.add(malformed.code());
            }
        }
    }

    private static List<ClickEvent> clicks(byte[] record) {
        List<ClickEvent> clicks = new ArrayList<>();
        count(record, clicks, new TreeMap<>(), new ArrayList<>());
        return clicks;
    }

    private static byte[] request(String uri, String status, String agent, String cookie) {
        return line("1769904000.123", "192.0.2.1", status, "GET", uri, "request-1", agent, "-", cookie);
    }

    @Test
    void rules_takeWhatTheGuideSays() {
        ClickEvent view = clicks(request("/product/34026", "200", "Mozilla/5.0", "visitor=v-1;%20x=y"))
                .get(0);
        assertThat(view.eventName()).isEqualTo("view_item");
        assertThat(view.items()).singleElement().extracting(item -> item.id()).isEqualTo("34026");
        assertThat(view.userPseudoId()).isEqualTo("v-1");
        assertThat(view.properties()).containsEntry("shop", "kettles");
        assertThat(view.samplingRate()).isEqualTo(25);
        assertThat(view.samplingWeight()).isEqualTo(4.0);

        ClickEvent buy = clicks(
                        request("/?action=buy&product_id=7&product_name=A%2520kettle", "200", "Mozilla/5.0", "-"))
                .get(0);
        assertThat(buy.eventName()).isEqualTo("begin_checkout");
        assertThat(buy.items()).singleElement().extracting(item -> item.name()).isEqualTo("A kettle");
        assertThat(buy.properties()).containsEntry("identity", "address_hash");

        assertThat(clicks(request("/any?ev=search", "200", "Mozilla/5.0", "-")))
                .singleElement()
                .extracting(ClickEvent::eventName)
                .isEqualTo("search");
    }

    @Test
    void whatIsNoClick_isDroppedByName_andWhatCannotBeRead_hasACode() {
        List<ClickEvent> clicks = new ArrayList<>();
        Map<String, Integer> dropped = new TreeMap<>();
        List<String> wrong = new ArrayList<>();

        count(request("/static/shop.css", "200", "Mozilla/5.0", "-"), clicks, dropped, wrong);
        count(request("/product/1", "000", "Mozilla/5.0", "-"), clicks, dropped, wrong);
        count(request("/about", "200", "Mozilla/5.0", "-"), clicks, dropped, wrong);
        count(request("/product/1", "200", "Googlebot/2.1", "-"), clicks, dropped, wrong);
        count(line("1769904000.123", "192.0.2.1"), clicks, dropped, wrong);
        count(line("1769904000.123", "192.0.2.1", "GET", "200", "/", "id", "-", "-", "-"), clicks, dropped, wrong);

        assertThat(clicks).isEmpty();
        assertThat(dropped).containsOnlyKeys("bot", "noise", "not_a_click", "not_answered");
        assertThat(wrong).containsExactly("too_few_columns", "bad_value");
    }

    @Test
    void standardLogs_areReadByTheSameRules() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write(
                    """
                    #Version: 1.0
                    #Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-request-id
                    2026-01-31\t10:00:00\t192.0.2.1\tGET\td1.cloudfront.net\t/product/34026\t200\t-\tMozilla/5.0\t-\tvisitor=v-1\tid-1
                    """
                            .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(replay(file.toByteArray())).extracting(ClickEvent::eventName).containsExactly("view_item");
    }

    private static List<ClickEvent> replay(byte[] file) throws IOException {
        List<ClickEvent> clicks = new ArrayList<>();
        StandardLogReader logs = new StandardLogReader(fields -> ClickReader.builder(fields, ClickRules.parse(RULES))
                .salt(SECRET)
                .build());
        logs.read(new GZIPInputStream(new ByteArrayInputStream(file)), result -> {
            if (result instanceof ClickReader.Result.Click click) {
                clicks.add(click.event());
            }
        });
        return clicks;
    }

    @Test
    void formats_canBeNamedByHand() {
        RealTimeLogFormat delivered = RealTimeLogFormat.of(List.of("timestamp", "c-ip", "cs-method", "cs-uri-stem"));
        RealTimeLogFormat chosen = RealTimeLogFormat.fromConfigured(
                        List.of("cs-uri-stem", "cs-method", "c-ip", "timestamp"))
                .withSamplingRate(25);

        assertThat(chosen.fields()).isEqualTo(delivered.fields());
        assertThat(chosen.samplingRate()).isEqualTo(25);
    }

    @Test
    void everyCodeOfTheErrorOutput_isExplained_andNoOther() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/clickstream/cloudfront"))) {
            for (Path file : files.toList()) {
                sources.append(Files.readString(file));
            }
        }
        Set<String> codes = found(
                "(?:Problem|[mM]alformed|BROKEN_ESCAPE|BROKEN_UTF8|CONTROL_BYTE)\\(\\s*\"([a-z_0-9]+)\"",
                sources.toString());
        String table = Files.readString(Path.of("LOG.md"))
                .split("## What goes to the error output", 2)[1]
                .split("\n## ", 2)[0];

        assertThat(codes).hasSize(11);
        assertThat(found("(?m)(?:^\\| |, )`([a-z_0-9]+)`(?=[^|\n]*\\|[^|\n]*\\|[^|\n]*\\|$)", table))
                .isEqualTo(codes);
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
