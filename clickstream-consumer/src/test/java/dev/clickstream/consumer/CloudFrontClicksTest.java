package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.ClickReader;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.event.ClickEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudFrontClicksTest {
    private final Transform clicks = new CloudFrontClicks(
            RealTimeLogFormat.of(List.of(
                    "timestamp", "c-ip", "sc-status", "cs-method", "cs-uri-stem", "x-edge-request-id", "cs-uri-query")),
            ClickRules.queryParameters(),
            ClickReader.BotPolicy.KEEP,
            "salt");

    private List<Outcome> apply(String lines) {
        return clicks.apply(new StreamRecord("s", "1", 0, "k", Instant.EPOCH, lines.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void record_withThreeLines_hasThreeOutcomes() {
        List<Outcome> outcomes = apply(
                """
                1700000000.123\t192.0.2.1\t200\tGET\t/index.html\treq-1\taction=buy&product_id=7&product_name=Shoe
                1700000000.124\t192.0.2.1\t200\tGET\t/logo.png\treq-2\t-
                not a line
                """);

        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(Outcome.Ok.class, ok -> {
            ClickEvent click = ClickEvent.fromJson(ok.data());
            assertThat(click.requestId()).isEqualTo("req-1");
            assertThat(click.items()).hasSize(1);
        });
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Dropped.class);
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).startsWith("CloudFront.");
            assertThat(failed.data()).asString(StandardCharsets.UTF_8).isEqualTo("not a line");
        });
    }

    @Test
    void record_withoutALine_hasNoOutcome_whichIsAFailure() throws Exception {
        Intake empty = new Intake(new StreamRecord("s", "1", 0, "k", Instant.EPOCH, new byte[0]));

        List<List<Outcome>> outcomes = new Transformation(new Processing(clicks)).of(List.of(empty));

        assertThat(outcomes.get(0)).singleElement().isInstanceOf(Outcome.Failed.class);
    }
}
