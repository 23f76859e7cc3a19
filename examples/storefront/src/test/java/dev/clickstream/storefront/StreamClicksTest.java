package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.consumer.CloudFrontClicks;
import dev.clickstream.consumer.Outcome;
import dev.clickstream.consumer.StreamRecord;
import dev.clickstream.event.ClickEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamClicksTest {

    private final StreamClicks clicks = new StreamClicks(new CloudFrontClicks(
            RealTimeLogFormat.of(GeneratedShop.FIELDS), ClickRules.queryParameters(), BotPolicy.KEEP, "salt"));

    private List<Outcome> apply(byte[] data) {
        return clicks.apply(new StreamRecord("shard", "1", 0, "key", Instant.EPOCH, data));
    }

    @Test
    void event_isARowAsItWasSent() {
        ClickEvent event = ClickEvent.builder("purchase")
                .userPseudoId("visitor")
                .producer("shop", 1L, 2L)
                .build();

        assertThat(apply(event.toJson())).singleElement().satisfies(outcome -> assertThat(
                        ClickEvent.fromJson(((Outcome.Ok) outcome).data()))
                .isEqualTo(event));
    }

    @Test
    void brokenEvent_failsUnderACodeOfItsOwn() {
        assertThat(apply("{\"event_name\":".getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(
                        outcome -> assertThat(((Outcome.Failed) outcome).code()).isEqualTo("Event.Malformed"));
    }

    @Test
    void anythingElse_isALineOfTheLog() {
        LogLine line = GeneratedShop.generate(1, 1, 1, false).lines().get(0);

        assertThat(apply(line.bytes())).noneMatch(Outcome.Failed.class::isInstance);
        assertThat(apply("cut\tshort".getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(outcome ->
                        assertThat(((Outcome.Failed) outcome).code()).isEqualTo("CloudFront.too_few_columns"));
        assertThat(apply(new byte[0])).isNotEmpty();
    }
}
