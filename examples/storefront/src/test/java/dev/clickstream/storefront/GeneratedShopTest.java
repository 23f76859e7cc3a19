package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.ClickReader;
import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickReader.Result;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedShopTest {

    private static final int RECORDS = 20_000;

    @ParameterizedTest
    @EnumSource
    void clicks_areWhatTheReaderFinds(BotPolicy bots) {
        GeneratedShop shop = GeneratedShop.generate(7, RECORDS, 30, bots == BotPolicy.DROP);
        ClickReader reader = ClickReader.builder(
                        RealTimeLogFormat.of(GeneratedShop.FIELDS), ClickRules.queryParameters())
                .bots(bots)
                .salt("salt")
                .build();

        List<String> found = new ArrayList<>();
        long dropped = 0;
        for (LogLine line : shop.lines()) {
            for (Result result : reader.read(line.bytes())) {
                if (result instanceof Result.Click click) {
                    var event = click.event();
                    var item = event.items().get(0);
                    found.add(String.join("|", event.requestId(), event.eventName(), item.id(), item.name()) + "|"
                            + event.requestStatus());
                } else if (result instanceof Result.Dropped drop && drop.rule().equals(ClickRules.BOT)) {
                    dropped++;
                }
            }
        }

        assertThat(found)
                .containsExactlyElementsOf(shop.clicks().stream()
                        .map(c -> String.join("|", c.requestId(), c.eventName(), c.itemId(), c.itemName()) + "|"
                                + c.status())
                        .toList());
        assertThat(dropped).isEqualTo(shop.botClicks());
    }

    @Test
    void sameSeed_sameBytes() {
        assertThat(text(GeneratedShop.generate(3, 500, 2, false)))
                .isEqualTo(text(GeneratedShop.generate(3, 500, 2, false)))
                .isNotEqualTo(text(GeneratedShop.generate(4, 500, 2, false)));
    }

    @Test
    void shop_spansItsHoursAndAMidnight_andHoldsEveryKindOfRequest() {
        GeneratedShop shop = GeneratedShop.generate(1, RECORDS, 30, false);

        assertThat(shop.lines()).hasSize(RECORDS);
        assertThat(shop.lines()).allSatisfy(line -> assertThat(line.time())
                .isBetween(GeneratedShop.START, GeneratedShop.START.plus(Duration.ofHours(30))));
        Set<String> hours = shop.clicks().stream().map(ExpectedClick::hour).collect(Collectors.toSet());
        assertThat(hours).hasSize(31).contains("2026/11/05/23", "2026/11/06/00");
        assertThat(shop.clicks()).extracting(ExpectedClick::itemName).anyMatch(name -> name.contains("&"));
        Set<String> statuses = column(shop, 2);
        assertThat(statuses).contains("200", "304", "404", "500", "000");
        assertThat(column(shop, 4)).containsExactlyInAnyOrder("GET", "HEAD", "POST");
        assertThat(column(shop, 1)).anyMatch(address -> address.contains(":"));
        assertThat(column(shop, 12)).contains("-").anyMatch(cookie -> cookie.contains(";%20consent=%7B%22statistics"));
        assertThat(column(shop, 13)).anyMatch(query -> query.contains("K%25C3%25A4se%2520%2526%2520Brot"));
    }

    /** As measured at a real shop, where a mean of 38 requests came with a 99th percentile of 109 and a maximum of 234. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void requests_comeInBursts_andFewAreClicks(long seed) {
        GeneratedShop shop = GeneratedShop.generate(seed, 100_000, 30, false);
        int windows = shop.lines().size() / 40;
        int[] requests = new int[windows];
        for (LogLine line : shop.lines()) {
            long millis = Duration.between(GeneratedShop.START, line.time()).toMillis();
            requests[(int) (millis * windows / Duration.ofHours(30).toMillis())]++;
        }
        Arrays.sort(requests);

        assertThat(requests[windows * 99 / 100]).as("99th percentile").isBetween(100, 180);
        assertThat(requests[windows - 1]).as("most").isBetween(200, 400);
        assertThat(shop.clicks()).hasSizeBetween(2_000, 5_000);
        assertThat(shop.clicks().stream().filter(c -> c.eventName().equals("begin_checkout")))
                .hasSizeBetween(100, 400);
    }

    private static Set<String> column(GeneratedShop shop, int index) {
        return shop.lines().stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8).split("\t", -1)[index])
                .collect(Collectors.toSet());
    }

    private static List<String> text(GeneratedShop shop) {
        return shop.lines().stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                .toList();
    }
}
