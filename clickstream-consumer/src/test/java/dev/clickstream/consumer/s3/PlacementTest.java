package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    private static final EventTime KEY = EventTime.ofPartitionKey("t");
    private static final Instant TIME = Instant.parse("2026-07-13T10:42:07.123Z");

    private static Placement placement(String prefix) {
        return placement(prefix, null);
    }

    private static Placement placement(String prefix, EventTime eventTime) {
        return new Placement(
                new S3Layout(
                        "S3Sink",
                        PrefixExpression.parse(prefix),
                        PrefixExpression.parseError("errors/"),
                        ZoneOffset.UTC,
                        Compression.GZIP,
                        ".gz",
                        new byte[0],
                        RowFormat.AS_IS,
                        eventTime),
                new BatchId("app", "clicks", "shardId-000000000000", "1"));
    }

    private static Row row(Instant arrival, Map<String, String> keys) {
        return new Row("1", 0, arrival, new byte[0], keys);
    }

    private static Placement.Place at(String prefix) {
        return new Placement.Place.At(prefix);
    }

    private static Placement.Place nowhere(String why) {
        return new Placement.Place.Nowhere("DynamicPartitioning.MetadataExtractionFailed", why);
    }

    @Test
    void row_withoutANeededKey_goesNowhere() {
        Placement placement = placement("shop=!{partitionKeyFromLambda:shop}/");
        assertThat(placement.of(row(TIME, Map.of("shop", "7")))).isEqualTo(at("shop=7/"));
        assertThat(placement.of(row(TIME, Map.of()))).isEqualTo(nowhere("partition key 'shop' is missing or empty"));
        assertThat(placement.of(row(TIME, Map.of("shop", "8")))).isEqualTo(at("shop=8/"));
    }

    /** A key that S3 refuses would be refused for ever, and the shard would stand still. */
    @ParameterizedTest
    @CsvSource({
        "..,a folder in it is called . or ..",
        "a/./b,a folder in it is called . or ..",
        "a\u0000b,it holds a control character or half a character",
        "\ud83d,it holds a control character or half a character"
    })
    void value_thatNoKeyCanHold_goesNowhere(String value, String flaw) {
        assertThat(placement("x/!{partitionKeyFromLambda:k}/").of(row(TIME, Map.of("k", value))))
                .isEqualTo(nowhere("the prefix cannot begin a key: " + flaw));
    }

    @Test
    void value_thatIsTooLong_goesNowhere() {
        assertThat(placement("!{partitionKeyFromLambda:k}/").of(row(TIME, Map.of("k", "x".repeat(512)))))
                .isEqualTo(nowhere("the prefix cannot begin a key: evaluated it has 513 characters, and may have 512"));
    }

    @Test
    void time_decidesToTheFractionThatThePrefixShows() {
        Placement bySecond = placement("!{timestamp:ss}/");
        assertThat(bySecond.of(row(TIME, Map.of()))).isEqualTo(at("07/"));
        assertThat(bySecond.of(row(TIME.plusMillis(876), Map.of()))).isEqualTo(at("07/"));
        assertThat(bySecond.of(row(TIME.plusMillis(877), Map.of()))).isEqualTo(at("08/"));
        Placement byMilli = placement("!{timestamp:SSS}/");
        assertThat(byMilli.of(row(TIME, Map.of()))).isEqualTo(at("123/"));
        assertThat(byMilli.of(row(TIME.plusMillis(1), Map.of()))).isEqualTo(at("124/"));
    }

    private static Placement.Place placeOf(EventTime eventTime, String event) {
        return placement("!{timestamp:HH:mm}/", eventTime).of(row(TIME, Map.of("t", event)));
    }

    @Test
    void row_goesToTheHourOfItsEvent_howeverLate() {
        assertThat(placeOf(KEY, "2026-07-13T10:30:00Z")).isEqualTo(at("10:30/"));
        assertThat(placeOf(KEY, "2020-01-01T05:06:00+02:00")).isEqualTo(at("03:06/"));
    }

    @Test
    void row_fromTheFuture_goesByItsArrival() {
        assertThat(placeOf(KEY, "2026-07-13T10:43:07.123Z")).isEqualTo(at("10:43/"));
        assertThat(placeOf(KEY, "2026-07-13T10:43:07.124Z")).isEqualTo(at("10:42/"));
        assertThat(placeOf(KEY.allowedFuture(Duration.ofHours(2)), "2026-07-13T12:30:00Z"))
                .isEqualTo(at("12:30/"));
    }

    @Test
    void lateRow_isJudgedByItsArrival() {
        EventTime toArrival = KEY.lateToArrival(Duration.ofHours(1));
        assertThat(placeOf(toArrival, "2026-07-13T09:42:07.123Z")).isEqualTo(at("09:42/"));
        assertThat(placeOf(toArrival, "2026-07-13T09:42:07.122Z")).isEqualTo(at("10:42/"));
        EventTime toPrefix = KEY.lateToPrefix(Duration.ofHours(1), "late/!{timestamp:HH}/!{partitionKeyFromLambda:t}/");
        assertThat(placeOf(toPrefix, "2026-07-13T08:00:00Z")).isEqualTo(at("late/08/2026-07-13T08:00:00Z/"));
        assertThat(placeOf(toPrefix, "2026-07-13T10:00:00Z")).isEqualTo(at("10:00/"));
    }
}
