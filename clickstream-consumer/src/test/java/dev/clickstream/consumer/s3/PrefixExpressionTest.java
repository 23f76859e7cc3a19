package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixExpressionTest {
    private static final Instant TIME = Instant.parse("2026-07-13T10:42:07Z");

    private static String evaluate(PrefixExpression prefix) {
        return prefix.evaluate(TIME, ZoneOffset.UTC, "processing-failed");
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
        assertThat(evaluate(PrefixExpression.parse(prefix))).isEqualTo(evaluated);
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
        assertThat(PrefixExpression.parse("")
                        .evaluate(Instant.parse("2026-01-01T23:30:00Z"), ZoneId.of("Europe/Madrid"), ""))
                .isEqualTo("2026/01/02/00/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/!{firehose:error-output-type}", "a/!{x}", "a/!{}", "a/!{partitionKeyFromLambda:k}"})
    void expression_thatIsNotOne_isRefusedWithItsPlace(String prefix) {
        assertThatThrownBy(() -> PrefixExpression.parse(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("In the prefix '" + prefix + "' the expression " + prefix.substring(2)
                        + " at character 3 is not one of: !{timestamp:PATTERN}");
    }

    @Test
    void expression_withoutEnd_isRefused() {
        assertThatThrownBy(() -> PrefixExpression.parse("ab!{timestamp:yyyy"))
                .hasMessage("In the prefix 'ab!{timestamp:yyyy' the expression at character 3 has no }");
    }

    @Test
    void timePattern_thatIsNotOne_isRefused() {
        assertThatThrownBy(() -> PrefixExpression.parse("!{timestamp:yyyy/bb}"))
                .hasMessageStartingWith(
                        "In the prefix '!{timestamp:yyyy/bb}' the time pattern 'yyyy/bb' at character 1");
    }

    @Test
    void errorPrefix_withExpressionsButNoType_isRefused() {
        assertThatThrownBy(() -> PrefixExpression.parseError("e/!{timestamp:yyyy}/"))
                .hasMessage("The error prefix 'e/!{timestamp:yyyy}/' has expressions, and so must hold "
                        + "!{firehose:error-output-type}");
    }

    @Test
    void prefix_thatIsTooLong_isRefused() {
        assertThatThrownBy(() -> PrefixExpression.parse("x".repeat(1_025)))
                .hasMessage("A prefix may have 1024 characters, not 1025");
        PrefixExpression long600 = PrefixExpression.parse("x".repeat(600));
        assertThatThrownBy(() -> evaluate(long600)).hasMessageContaining("has 614 characters when evaluated");
    }
}
