package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixExpressionTest {
    private static final Instant TIME = Instant.parse("2026-07-13T10:42:07Z");

    private static String evaluate(PrefixExpression prefix, Map<String, String> keys, String identity) {
        return prefix.evaluate(
                new PrefixExpression.Values(TIME.atZone(ZoneOffset.UTC), keys, "processing-failed", identity));
    }

    private static String evaluate(PrefixExpression prefix) {
        return evaluate(prefix, Map.of(), "batch");
    }

    private static String evaluate(String prefix) {
        return evaluate(PrefixExpression.parse(prefix));
    }

    /** What the service was seen to do. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\",2026/07/13/10/",
                "events/data/,events/data/2026/07/13/10/",
                "legacy,legacy2026/07/13/10/",
                "data/!{timestamp:yyyy/MM/dd}/,data/2026/07/13/",
                "year=!{timestamp:yyyy}/hour=!{timestamp:HH}/,year=2026/hour=10/",
                "!{timestamp:'year='yyyy}/,year=2026/"
            })
    void prefix_isEvaluatedAsTheServiceDoesIt(String prefix, String evaluated) {
        assertThat(evaluate(prefix)).isEqualTo(evaluated);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "dt=!{timestamp:yyyy-MM-dd}/,dt=2026-07-13/",
                "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/,"
                        + "year=2026/month=07/day=13/hour=10/",
                "!{timestamp:'dt='yyyy-MM-dd'/hour='HH}/,dt=2026-07-13/hour=10/",
                "!{timestamp:yyyy}!{timestamp:MMM-EEE}x,2026Jul-Monx",
                "a!b{c}/!{timestamp:mm},a!b{c}/42"
            })
    void prefix_ofATableInFolders_isEvaluated(String prefix, String evaluated) {
        assertThat(evaluate(prefix)).isEqualTo(evaluated);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\",processing-failed/2026/07/13/10/",
                "bad/,bad/processing-failed/2026/07/13/10/",
                "e/!{firehose:error-output-type}/!{timestamp:yyyy}/,e/processing-failed/2026/",
                "!{firehose:error-output-type},processing-failed"
            })
    void errorPrefix_holdsTheType(String prefix, String evaluated) {
        assertThat(evaluate(PrefixExpression.parseError(prefix))).isEqualTo(evaluated);
    }

    @Test
    void evaluate_inATimeZone_showsItsHour() {
        Instant beforeMidnight = Instant.parse("2026-01-01T23:30:00Z");
        assertThat(PrefixExpression.parse("")
                        .evaluate(new PrefixExpression.Values(
                                beforeMidnight.atZone(ZoneId.of("Europe/Madrid")), Map.of(), "", "")))
                .isEqualTo("2026/01/02/00/");
    }

    /** The service adds nothing here, though its guide says that it adds the hour. */
    @Test
    void randomString_hasElevenLettersAndDigits_othersInEachPlace() {
        assertThat(evaluate("rand/!{firehose:random-string}/")).matches("rand/[A-Za-z0-9]{11}/");
        String two = evaluate("rand/!{firehose:random-string}/!{firehose:random-string}/");
        assertThat(two).matches("rand/[A-Za-z0-9]{11}/[A-Za-z0-9]{11}/");
        assertThat(two.substring(5, 16)).isNotEqualTo(two.substring(17, 28));
    }

    @Test
    void randomString_isMadeOfTheBatchAndTheRestOfThePrefix_neverDrawn() {
        PrefixExpression prefix = PrefixExpression.parse("!{firehose:random-string}/!{partitionKeyFromLambda:k}/");

        String first = evaluate(prefix, Map.of("k", "a"), "batch 1");

        assertThat(first).isEqualTo("8TAEAjCWWST/a/");
        assertThat(evaluate(prefix, Map.of("k", "a"), "batch 1")).isEqualTo(first);
        assertThat(evaluate(prefix, Map.of("k", "b"), "batch 1")).doesNotStartWith(first.substring(0, 11));
        assertThat(evaluate(prefix, Map.of("k", "a"), "batch 2")).isNotEqualTo(first);
    }

    @Test
    void randomString_mayStandInAnErrorPrefix() {
        assertThat(evaluate(PrefixExpression.parseError("!{firehose:random-string}/!{firehose:error-output-type}/")))
                .matches("[A-Za-z0-9]{11}/processing-failed/");
    }

    @Test
    void partitionKeys_areTheTransforms() {
        PrefixExpression prefix =
                PrefixExpression.parse("!{partitionKeyFromLambda:b}/!{partitionKeyFromLambda:a}/!{timestamp:HH}/");

        assertThat(prefix.partitionKeys()).containsExactly("a", "b");
        assertThat(evaluate(prefix, Map.of("a", "é x", "b", "shop=1", "c", "unused"), ""))
                .isEqualTo("shop=1/é x/10/");
        assertThat(prefix.missing(Map.of("a", "1", "b", "2"))).isNull();
        assertThat(prefix.missing(Map.of("a", "1"))).isEqualTo("b");
        assertThat(prefix.missing(Map.of("a", "", "b", "2"))).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/!{firehose:error-output-type}",
                "a/!{x}",
                "a/!{}",
                "a/!{partitionKeyFromLambda:}",
                "a/!{partitionKeyFromQuery:k}",
                "a/!{Timestamp:yyyy}"
            })
    void expression_thatIsNotOne_isRefusedWithItsPlace(String prefix) {
        assertThatThrownBy(() -> PrefixExpression.parse(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix '" + prefix + "', at character 3: " + prefix.substring(2)
                        + " is not one of: !{timestamp:PATTERN}, !{firehose:random-string},"
                        + " !{partitionKeyFromLambda:NAME}");
    }

    @Test
    void errorPrefix_withAPartitionKey_isRefused() {
        assertThatThrownBy(() -> PrefixExpression.parseError("!{partitionKeyFromLambda:k}/"))
                .hasMessage("errorOutputPrefix '!{partitionKeyFromLambda:k}/', at character 1:"
                        + " !{partitionKeyFromLambda:k} is not one of: !{timestamp:PATTERN},"
                        + " !{firehose:random-string}, !{firehose:error-output-type}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ab!{timestamp:yyyy|at character 3: the expression has no } at its end",
                "ab!{timestamp:yyyy}!{|at character 20: the expression has no } at its end",
                "!{timestamp:}|at character 1: !{timestamp:} has no pattern, such as yyyy/MM/dd/HH",
                "!{timestamp:!{timestamp:yyyy}}|at character 1: the expression holds another one:"
                        + " !{ may stand only where an expression begins",
                "a!{timestamp:yyyy/bb}|at character 2: 'yyyy/bb' is not a pattern of"
                        + " java.time.format.DateTimeFormatter: Unknown pattern letter: b"
            })
    void expression_thatIsBroken_isRefusedWithItsPlace(String prefix, String why) {
        assertThatThrownBy(() -> PrefixExpression.parse(prefix)).hasMessage("prefix '" + prefix + "', " + why);
    }

    @Test
    void errorPrefix_withExpressionsButNoType_isRefused() {
        assertThatThrownBy(() -> PrefixExpression.parseError("e/!{timestamp:yyyy}/"))
                .hasMessage("errorOutputPrefix 'e/!{timestamp:yyyy}/' has expressions, and so must hold "
                        + "!{firehose:error-output-type}");
    }

    @Test
    void prefix_thatCannotBeginAKey_isRefused() {
        assertThatThrownBy(() -> PrefixExpression.parse("x".repeat(1_025)))
                .hasMessage("prefix may have 1024 characters, not 1025");
        assertThatThrownBy(() -> PrefixExpression.parse("x".repeat(600)))
                .hasMessageEndingWith("cannot begin a key: evaluated it has 614 characters, and may have 512");
        assertThatThrownBy(() -> PrefixExpression.parse("é".repeat(400)))
                .hasMessageEndingWith("cannot begin a key: evaluated it has 814 bytes, and may have 700");
        assertThatThrownBy(() -> PrefixExpression.parse("a/../"))
                .hasMessageEndingWith("cannot begin a key: a folder in it is called . or ..");
        assertThatThrownBy(() -> PrefixExpression.parse("a\tb/"))
                .hasMessageEndingWith("cannot begin a key: it holds a control character or half a character");
    }

    @Test
    void fractionsOfASecond_areNoticed() {
        assertThat(PrefixExpression.parse("!{timestamp:HH-mm-ss}").isFinerThanSeconds())
                .isFalse();
        assertThat(PrefixExpression.parse("!{timestamp:SSS}").isFinerThanSeconds())
                .isTrue();
    }
}
