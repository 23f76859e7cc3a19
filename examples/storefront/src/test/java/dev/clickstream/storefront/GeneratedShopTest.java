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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedShopTest {

    private static final int RECORDS = 20_000;

    @ParameterizedTest
    @EnumSource
    void clicks_areWhatTheReaderFinds(BotPolicy bots) {
        GeneratedShop shop = GeneratedShop.generate(7, RECORDS, 30, bots == BotPolicy.DROP);
        ClickReader reader =
                new ClickReader(RealTimeLogFormat.of(GeneratedShop.FIELDS), ClickRules.queryParameters(), bots, "salt");

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
        assertThat(column(shop, 12)).anyMatch(query -> query.contains("K%25C3%25A4se%2520%2526%2520Brot"));
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
