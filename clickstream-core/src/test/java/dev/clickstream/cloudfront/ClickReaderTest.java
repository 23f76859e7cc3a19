package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickReader.Result;
import dev.clickstream.event.ClickEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClickReaderTest {

    private static final List<String> FIELDS = List.of(
            "timestamp",
            "c-ip",
            "sc-status",
            "cs-method",
            "cs-host",
            "cs-uri-stem",
            "x-edge-location",
            "x-edge-request-id",
            "cs-user-agent",
            "cs-referer",
            "cs-uri-query",
            "c-country");
    private static final RealTimeLogFormat FORMAT = RealTimeLogFormat.of(FIELDS);

    private static ClickReader reader(ClickRules rules) {
        return ClickReader.builder(FORMAT, rules).salt("salt").build();
    }

    private static ClickReader reader(String rules) {
        return reader(ClickRules.parse(rules.replace('\'', '"')));
    }

    private static String line(String stemAndQuery) {
        int mark = stemAndQuery.indexOf('?');
        String query = mark < 0 ? "-" : stemAndQuery.substring(mark + 1);
        return String.join(
                "\t",
                "1671005351.148",
                "10.0.0.1",
                "200",
                "GET",
                "shop",
                stemAndQuery,
                "FRA56-P4",
                "abc==",
                "Mozilla/5.0%20(X)",
                "https://elsewhere/%25C3%25A4",
                query,
                "DE");
    }

    private static Result read(ClickReader reader, String line) {
        List<Result> results = reader.read(line.getBytes(UTF_8));
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static ClickEvent click(ClickReader reader, String line) {
        Result result = read(reader, line);
        assertThat(result).isInstanceOf(Result.Click.class);
        return ((Result.Click) result).event();
    }

    private static String code(ClickReader reader, String line) {
        Result result = read(reader, line);
        assertThat(result).isInstanceOf(Result.Malformed.class);
        Result.Malformed malformed = (Result.Malformed) result;
        assertThat(malformed.line()).isEqualTo(line.getBytes(UTF_8));
        return malformed.code();
    }

    @Test
    void click_isTheGoldenEvent() {
        ClickEvent event = click(
                reader(ClickRules.queryParameters()),
                line("/?action=buy&product_id=p-7&product_name=Tee%2520%2526%2520K%25C3%25A4nnchen"));

        assertThat(new String(event.toJson(), UTF_8))
                .isEqualTo("{\"event_id\":\"abc==\",\"event_name\":\"begin_checkout\","
                        + "\"event_timestamp\":\"2022-12-14T08:09:11.148Z\","
                        + "\"user_pseudo_id\":\"acf83a9c276c62abb85014e987e54a31\","
                        + "\"page_location\":\"https://shop/?action=buy&product_id=p-7&product_name="
                        + "Tee%20%26%20K%C3%A4nnchen\",\"page_referrer\":\"https://elsewhere/%C3%A4\","
                        + "\"device_user_agent\":\"Mozilla/5.0 (X)\",\"geo_country\":\"DE\",\"request_id\":\"abc==\","
                        + "\"request_method\":\"GET\",\"request_host\":\"shop\",\"request_edge\":\"FRA56-P4\","
                        + "\"request_status\":200,\"items\":[{\"item_id\":\"p-7\",\"item_name\":\"Tee & K\u00e4nnchen\"}],"
                        + "\"properties\":{\"identity\":\"address_hash\"},\"schema_version\":1}");
    }

    @Test
    void click_whenParametersWereNotEncodedByTheViewer_isTheSame() {
        ClickReader reader = reader(ClickRules.queryParameters());
        ClickEvent once = click(reader, line("/?action=view&product_id=7&product_name=Tee%20Shirt+100%25"));
        assertThat(once.eventName()).isEqualTo("view_item");
        assertThat(once.items().get(0).name()).isEqualTo("Tee Shirt+100%");
        assertThat(once.errors())
                .containsExactly("query parameter product_name: its encoding is broken, kept as the viewer sent it");
        assertThat(click(reader, line("/?action=view%2520details&product_id=7")).eventName())
                .isEqualTo("view_item");
    }

    @Test
    void click_whenQueryEncodingIsOne_leavesTheViewersOwn() {
        ClickReader reader = reader("{'query_encoding':1,'rules':[{'event_name':'x','take':{'a':'query:a'}}]}");
        assertThat(click(reader, line("/?a=1%253D2")).properties()).containsEntry("a", "1%3D2");
    }

    @Test
    void click_whenPixel_takesWhatThePageSent() {
        RealTimeLogFormat format = RealTimeLogFormat.of(List.of(
                "timestamp", "c-ip", "sc-status", "cs-uri-stem", "cs-referer", "cs-user-agent", "cs-uri-query", "asn"));
        ClickReader reader = ClickReader.builder(format, ClickRules.pixel()).build();
        String query = "t=pv&ts=1668968526289&u=http%253A%252F%252Flocalhost%253A3000%252Fblue&hn=localhost"
                + "&pa=%252Fblue&iw=1356&ti=Sky%2520-%2520Blue%2520%2526%2520Grey&l=de-DE&tz=Europe%252FBerlin";
        ClickEvent view = click(reader, pixel(query));

        assertThat(view.eventName()).isEqualTo("page_view");
        assertThat(view.eventTimestamp()).hasToString("2022-11-20T18:22:06.477Z");
        assertThat(view.pageLocation()).isEqualTo("http://localhost:3000/blue");
        assertThat(view.pageTitle()).isEqualTo("Sky - Blue & Grey");
        // The request's own referrer is the page, not the page before it.
        assertThat(view.pageReferrer()).isNull();
        assertThat(view.requestStatus()).isEqualTo(200);
        assertThat(view.requestId()).isNull();
        assertThat(view.eventId()).matches("[0-9a-f]{32}");
        assertThat(view.properties())
                .containsEntry("page_path", "/blue")
                .containsEntry("page_host", "localhost")
                .containsEntry("time_zone", "Europe/Berlin")
                .containsEntry("language", "de-DE")
                .containsEntry("window_width", "1356")
                .containsEntry("client_timestamp", "1668968526289");

        ClickEvent custom = click(reader, pixel("t=tr&en=tabHidden&pr=%257B%257D"));
        assertThat(custom.eventName()).isEqualTo("tabHidden");
        assertThat(custom.properties()).containsEntry("event_data", "{}");
        assertThat(custom.eventId()).isNotEqualTo(view.eventId());
        assertThat(custom.userPseudoId()).isEqualTo(view.userPseudoId());

        assertThat(read(reader, pixel("t=tr&en="))).isEqualTo(new Result.Dropped("not_a_click"));
        assertThat(read(reader, pixel("t=tr&en=%2520"))).isEqualTo(new Result.Dropped("not_a_click"));
    }

    private static String pixel(String query) {
        return "1668968526.477\t10.0.0.1\t200\t/hello.gif?" + query + "\thttp://localhost:3000/\tMozilla/5.0\t" + query
                + "\t3320";
    }

    @Test
    void read_judgesEachLineByTheFirstRuleThatHolds() {
        ClickReader reader = reader(ClickRules.paths());
        String record = String.join(
                "\n",
                line("/product/34026/34026-2.jpg?x=1"),
                line("/m/product/5"),
                line("/image/3.jpg"),
                line("/a/b.css?v=1"),
                line("/basket/add/9?n=1"),
                line("/basket/checkout/pay"),
                line("/order/create"),
                line("/m/search/shoes"),
                line("/"),
                line("/gone").replace("\t200\t", "\t404\t"),
                line("/form").replace("GET", "POST"),
                "");

        assertThat(reader.read(record.getBytes(UTF_8)).stream().map(ClickReaderTest::shortForm))
                .containsExactly(
                        "view_item 34026",
                        "view_item 5",
                        "Dropped[rule=noise]",
                        "Dropped[rule=noise]",
                        "add_to_cart 9",
                        "begin_checkout",
                        "purchase",
                        "search",
                        "page_view",
                        "Dropped[rule=not_a_click]",
                        "Dropped[rule=not_a_click]");
    }

    private static String shortForm(Result result) {
        if (result instanceof Result.Click click) {
            ClickEvent event = click.event();
            return event.eventName()
                    + (event.items().isEmpty() ? "" : " " + event.items().get(0).id());
        }
        return result.toString();
    }

    @Test
    void click_takesIdentityItemAndPropertiesByName() {
        ClickReader reader = reader("{'rules':[{'event_name':'purchase','host':['SHOP'],'query_present':'u','take':{"
                + "'user_id':'query:u','session_id':'query:s','item_id':'query:i','price':'query:p','currency':'EUR',"
                + "'quantity':'query:n','traffic_source_source':'text:a:b','edge':'field:x-edge-location'}}]}");
        ClickEvent event = click(reader, line("/?u=%2520u-1&s=s-1&i=p&p=12.50&n=2"));

        assertThat(event.userId()).isEqualTo("u-1");
        assertThat(event.userPseudoId()).isNull();
        assertThat(event.sessionId()).isEqualTo("s-1");
        assertThat(event.items())
                .hasToString("[Item[id=p, name=null, brand=null, category=null, price=12.50, "
                        + "currency=EUR, quantity=2]]");
        assertThat(event.trafficSourceSource()).isEqualTo("a:b");
        assertThat(event.properties()).containsOnlyKeys("edge").containsEntry("edge", "FRA56-P4");
        assertThat(event.errors()).isEmpty();

        ClickEvent odd = click(reader, line("/?u=%2520&i=p&p=free&n=-1"));
        assertThat(odd.userPseudoId()).isNotNull();
        assertThat(odd.errors())
                .containsExactly("items/0/price: not a decimal number", "items/0/quantity: not a whole number");
        assertThat(read(reader, line("/?x=1"))).isEqualTo(new Result.Dropped("not_a_click"));
    }

    @Test
    void click_takesFromCookiesAndHeaders() {
        RealTimeLogFormat format =
                RealTimeLogFormat.of(List.of("timestamp", "c-ip", "cs-uri-stem", "cs-cookie", "cs-headers"));
        String rules = "{'rules':[{'event_name':'login','path':'/account','take':{"
                + "'user_pseudo_id':'cookie:visitor','session_id':'cookie:sid','user_id':'header:X-User'}}]}";
        ClickReader reader = ClickReader.builder(format, ClickRules.parse(rules.replace('\'', '"')))
                .build();
        ClickEvent event = click(reader, "1.5\t::1\t/account\tvisitor=v-1;%20sid=s%203\tHost:shop%0Ax-user:u-7%0A");
        assertThat(event.userPseudoId()).isEqualTo("v-1");
        assertThat(event.sessionId()).isEqualTo("s 3");
        assertThat(event.userId()).isEqualTo("u-7");
        assertThat(event.eventTimestamp()).hasToString("1970-01-01T00:00:01.500Z");

        ClickEvent without = click(reader, "1.5\t::1\t/account\tother=1\t-");
        assertThat(without.properties()).containsEntry("identity", "address_hash");
        assertThatThrownBy(() -> ClickReader.builder(
                                RealTimeLogFormat.of(List.of("timestamp", "c-ip", "cs-uri-stem", "cs-cookie")),
                                ClickRules.parse(rules.replace('\'', '"')))
                        .build())
                .hasMessage("the format does not hold cs-headers: /rules/0 asks for it");
    }

    @Test
    void click_ofASampledLog_carriesItsRate() {
        ClickReader sampled = ClickReader.builder(FORMAT.withSamplingRate(25), ClickRules.paths())
                .build();
        assertThat(click(sampled, line("/")).samplingWeight()).isEqualTo(4);
        assertThat(click(reader(ClickRules.paths()), line("/")).samplingRate()).isNull();
    }

    @Test
    void click_whenNamesAreHostile_isCutAndNoted() {
        ClickReader reader = reader("{'rules':[{'event_name':'query:e','take':{'user_id':'query:u'}}]}");
        String blanks = "%2520".repeat(300);
        ClickEvent event = click(reader, line("/?e=" + blanks + "x&u=" + blanks + "y" + "z".repeat(300)));
        assertThat(event.eventName()).isEqualTo("x");
        assertThat(event.errors()).containsExactly("user_id: cut from 301 to 256 characters");
    }

    @Test
    void identity_whenTheLogGivesNone_isASaltedHashOfAddressAndAgent() {
        ClickReader reader = reader(ClickRules.paths());
        String one = click(reader, line("/")).userPseudoId();
        assertThat(one)
                .matches("[0-9a-f]{32}")
                .isEqualTo(click(reader, line("/other")).userPseudoId());
        assertThat(click(reader, line("/").replace("10.0.0.1", "10.0.0.2")).userPseudoId())
                .isNotEqualTo(one);
        assertThat(click(reader, line("/").replace("(X)", "(Y)")).userPseudoId())
                .isNotEqualTo(one);
        ClickReader unsalted = ClickReader.builder(FORMAT, ClickRules.paths()).build();
        assertThat(click(unsalted, line("/")).userPseudoId()).isNotEqualTo(one);
    }

    @Test
    void read_isAPureFunctionOfTheRecord() {
        byte[] record = (line("/") + "\n" + line("/product/1")).getBytes(UTF_8);
        ClickReader used = reader(ClickRules.paths());
        used.read(line("/image").getBytes(UTF_8));
        assertThat(used.read(record)).isEqualTo(reader(ClickRules.paths()).read(record));
    }

    @Test
    void bots_whenDropped_areCountedInPlaceOfTheirClicks() {
        ClickReader reader = ClickReader.builder(FORMAT, ClickRules.paths())
                .bots(BotPolicy.DROP)
                .build();
        String bot = line("/").replace("Mozilla", "GoogleBot");
        assertThat(read(reader, bot)).isEqualTo(new Result.Dropped("bot"));
        assertThat(read(reader, line("/image").replace("Mozilla", "GoogleBot"))).isEqualTo(new Result.Dropped("noise"));
        assertThat(click(reader, line("/")).eventName()).isEqualTo("page_view");
        assertThat(click(reader(ClickRules.paths()), bot).eventName()).isEqualTo("page_view");

        ClickReader ours = ClickReader.builder(FORMAT, ClickRules.paths())
                .bots(BotPolicy.DROP)
                .botList(BotList.parse("mozilla"))
                .build();
        assertThat(read(ours, line("/"))).isEqualTo(new Result.Dropped("bot"));
    }

    @Test
    void read_whenLineDoesNotFit_saysWhyAndKeepsTheBytes() {
        ClickReader reader = reader(ClickRules.paths());
        String good = line("/?x=1");
        assertThat(code(reader, "")).isEqualTo("empty_line");
        assertThat(code(reader, "a\tb")).isEqualTo("too_few_columns");
        assertThat(code(reader, good.replace("1671005351.148", "yesterday"))).isEqualTo("bad_value");
        assertThat(code(reader, good.replace("1671005351.148", "-"))).isEqualTo("no_timestamp");
        assertThat(code(reader, good.replace("1671005351.148", "999999999999.1")))
                .isEqualTo("no_timestamp");
        assertThat(code(reader, good.replace("\t200\t", "\tok\t"))).isEqualTo("bad_value");
        assertThat(code(reader, "DE\t" + good)).isEqualTo("format_mismatch");
        assertThat(code(reader, good.replace("(X)", "%X"))).isEqualTo("broken_escape");
        assertThat(code(reader, good.replace("(X)", "%C3"))).isEqualTo("broken_utf8");
        assertThat(code(reader, good.replace("(X)", "\0"))).isEqualTo("control_byte");
        assertThat(code(reader, line("/product/%C"))).isEqualTo("broken_escape");
        assertThat(read(reader, "10.0.0.1"))
                .hasToString("Malformed[too_few_columns, 1 columns, the format has 12, 8 bytes]");
    }

    @Test
    void read_whenARecordHasTooManyLines_keepsTheRestInOnePiece() {
        List<Result> results = reader(ClickRules.paths()).read(new byte[0]);
        assertThat(results).hasSize(1);

        results = reader(ClickRules.paths()).read("\n".repeat(60_000).getBytes(UTF_8));
        assertThat(results).hasSize(50_001);
        assertThat(results.get(50_000))
                .hasToString("Malformed[too_many_lines, more than 50000 lines in a record, 10000 bytes]");
    }

    @Test
    void read_takesIpv6AndViewersWhoLeft() {
        ClickReader reader = reader("{'rules':[{'event_name':'aborted','status':0}]}");
        String left = line("/").replace("\t200\t", "\t000\t");
        ClickEvent event = click(reader, left.replace("10.0.0.1", "2001:db8::8a2e:370:7334"));
        assertThat(event.requestStatus()).isZero();
        assertThat(event.userPseudoId()).isNotEqualTo(click(reader, left).userPseudoId());
    }

    @Test
    void read_whenColumnsWereAddedAtTheEnd_keepsAndCountsThem() {
        ClickReader reader = reader(ClickRules.paths());
        ClickEvent event = click(reader, line("/") + "\tnew\t%20");
        assertThat(event.properties()).containsEntry("unknown_columns", "new\t%20");
        assertThat(reader.linesWithUnknownColumns()).isEqualTo(1);
        click(reader, line("/"));
        assertThat(reader.linesWithUnknownColumns()).isEqualTo(1);
    }

    @Test
    void build_whenTheFormatCannotServeTheRules_says() {
        assertThatThrownBy(() -> with("c-ip").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the format does not hold timestamp: every event has a time");
        assertThatThrownBy(() -> with("timestamp", "c-ip").build())
                .hasMessage("the format does not hold cs-method: /rules/0 asks for it");
        assertThatThrownBy(() -> with("timestamp", "c-ip", "cs-method", "sc-status", "cs-uri-stem")
                        .bots(BotPolicy.DROP)
                        .build())
                .hasMessage("the format does not hold cs-user-agent: bots are told by it");
        assertThatThrownBy(() -> with("timestamp", "cs-method", "sc-status", "cs-uri-stem", "cs-host")
                        .build())
                .hasMessage("the format holds neither c-ip nor cs-user-agent, "
                        + "and not every rule takes user_id or user_pseudo_id");
    }

    private static ClickReader.Builder with(String... fields) {
        return ClickReader.builder(RealTimeLogFormat.of(List.of(fields)), ClickRules.paths());
    }
}
