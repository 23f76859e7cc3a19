package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickReader.Result;
import dev.clickstream.event.ClickEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClickReaderTest {

    private static final RealTimeLogFormat FORMAT = RealTimeLogFormat.of(List.of(
            "timestamp",
            "c-ip",
            "sc-status",
            "cs-method",
            "cs-host",
            "cs-uri-stem",
            "x-edge-request-id",
            "cs-user-agent",
            "cs-uri-query"));

    private static ClickReader reader(ClickRules rules) {
        return ClickReader.builder(FORMAT, rules)
                .bots(BotPolicy.KEEP)
                .salt("salt")
                .build();
    }

    private static String line(String stem, String query, String requestId) {
        return String.join(
                "\t", "1671005351.148", "10.0.0.1", "200", "GET", "shop", stem, requestId, "Mozilla/5.0", query);
    }

    private static ClickEvent click(Result result) {
        assertThat(result).isInstanceOf(Result.Click.class);
        return ((Result.Click) result).event();
    }

    @Test
    void read_whenBuyIsAQueryParameter_takesTheDecodedProduct() {
        String query = "action=buy&product_id=p-7&product_name=Tee%20%26%20K%C3%A4nnchen";
        ClickEvent event = click(reader(ClickRules.queryParameters())
                .read(line("/?" + query, query, "abc==").getBytes(UTF_8))
                .get(0));

        assertThat(event.eventName()).isEqualTo("begin_checkout");
        assertThat(event.items().get(0).id()).isEqualTo("p-7");
        assertThat(event.items().get(0).name()).isEqualTo("Tee & Kännchen");
        assertThat(event.eventId()).isEqualTo("abc==");
        assertThat(event.requestId()).isEqualTo("abc==");
        assertThat(event.eventTimestamp()).hasToString("2022-12-14T08:09:11.148Z");
        assertThat(event.properties()).containsEntry("identity", "address_hash");
        assertThat(event.userPseudoId()).isNotEmpty().doesNotContain("10.0.0.1");
    }

    @Test
    void read_whenPixelEncodedTwice_decodesTwice() {
        String query = "t=tr&u=http%253A%252F%252Flocalhost%253A3000%252Fa&en=tabHidden&pr=%257B%257D";
        ClickEvent event = click(reader(ClickRules.pixel())
                .read(line("/hello.gif?" + query, query, "id").getBytes(UTF_8))
                .get(0));

        assertThat(event.eventName()).isEqualTo("tabHidden");
        assertThat(event.pageLocation()).isEqualTo("http://localhost:3000/a");
        assertThat(event.properties()).containsEntry("event_data", "{}");
    }

    @Test
    void read_whenPathNamesAProduct_takesItBeforeNoise() {
        ClickReader reader = reader(ClickRules.paths());
        String record = line("/product/34026/34026-2.jpg?x=1", "x=1", "a") + "\n" + line("/image/3.jpg", "-", "b")
                + "\n" + line("/", "-", "c") + "\n";

        List<Result> results = reader.read(record.getBytes(UTF_8));

        assertThat(click(results.get(0)).items().get(0).id()).isEqualTo("34026");
        assertThat(results.get(1)).isEqualTo(new Result.Dropped("noise"));
        assertThat(click(results.get(2)).eventName()).isEqualTo("page_view");
        assertThat(results).hasSize(3);
    }

    @Test
    void read_whenLineDoesNotFit_saysWhyAndKeepsTheBytes() {
        ClickReader reader = reader(ClickRules.paths());
        for (String[] hostile : new String[][] {
            {"", "empty_line"},
            {"a\tb", "too_few_columns"},
            {line("/", "-", "a").replace("1671005351.148", "yesterday"), "bad_value"},
            {line("/", "-", "a").replace("\t200\t", "\tok\t"), "bad_value"}
        }) {
            Result result = reader.read(hostile[0].getBytes(UTF_8)).get(0);
            assertThat(result).isInstanceOf(Result.Malformed.class);
            assertThat(((Result.Malformed) result).code()).isEqualTo(hostile[1]);
            assertThat(((Result.Malformed) result).line()).isEqualTo(hostile[0].getBytes(UTF_8));
        }
    }
}
