package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.Seed;
import dev.clickstream.cloudfront.RealTimeLogReader.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealTimeLogReaderTest {

    private static final RealTimeLogFormat FORMAT =
            RealTimeLogFormat.of(List.of("timestamp", "sc-status", "cs-uri-stem", "cs-user-agent"));

    private final RealTimeLogReader reader = new RealTimeLogReader(FORMAT);

    private Problem problemOf(String line) {
        on(line);
        return reader.problem();
    }

    private void on(String line) {
        reader.reset(line.getBytes(ISO_8859_1));
        assertThat(reader.next()).isTrue();
    }

    @Test
    void text_isDecodedOnceAndNeverAsAForm() {
        on("1.5\t200\t/a%2520b+c?x=%C3%A4\tMozilla/5.0%20(X)\n");

        assertThat(reader.problem()).isNull();
        assertThat(reader.text("cs-uri-stem")).isEqualTo("/a%20b+c?x=ä");
        assertThat(reader.raw("cs-uri-stem")).isEqualTo("/a%2520b+c?x=%C3%A4");
        assertThat(reader.text("cs-user-agent")).isEqualTo("Mozilla/5.0 (X)");
        assertThat(reader.raw("timestamp")).isEqualTo("1.5");
        assertThat(reader.line()).isEqualTo("1.5\t200\t/a%2520b+c?x=%C3%A4\tMozilla/5.0%20(X)".getBytes(UTF_8));
    }

    @Test
    void text_whenHyphenOrEmptyOrUnknown_isNothing() {
        on("1.5\t-\t\t--");

        assertThat(reader.problem()).isNull();
        assertThat(reader.text("sc-status")).isNull();
        assertThat(reader.text("cs-uri-stem")).isNull();
        assertThat(reader.text("cs-user-agent")).isEqualTo("--");
        assertThat(reader.text("asn")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb\nc\td", "a\tb\nc\td\n", "a\tb\r\nc\td\r\n"})
    void next_goesOverAllLines_withAFinalNewlineOrWithout(String record) {
        RealTimeLogReader two = new RealTimeLogReader(RealTimeLogFormat.of(List.of("x", "y")));
        two.reset(record.getBytes(UTF_8));

        assertThat(two.next()).isTrue();
        assertThat(two.text("y")).isEqualTo("b");
        assertThat(two.next()).isTrue();
        assertThat(two.text("x") + two.text("y")).isEqualTo("cd");
        assertThat(two.next()).isFalse();
        assertThat(two.next()).isFalse();
        assertThat(two.text("x")).isNull();
    }

    @Test
    void problem_saysWhatIsWrong() {
        assertThat(problemOf("")).isEqualTo(new Problem("empty_line", "nothing in it"));
        assertThat(problemOf("\n")).isEqualTo(new Problem("empty_line", "nothing in it"));
        assertThat(problemOf("1.5\t200")).isEqualTo(new Problem("too_few_columns", "2 columns, the format has 4"));
        assertThat(problemOf("soon\t200\t/\t-"))
                .isEqualTo(new Problem("bad_value", "timestamp is not of the type decimal"));
        assertThat(problemOf("1.5\t20\t/\t-"))
                .isEqualTo(new Problem("bad_value", "sc-status is not a status of three digits"));
        assertThat(problemOf("1.5\t/\t-\t-\t200"))
                .isEqualTo(new Problem(
                        "format_mismatch",
                        "5 columns, the format has 4, and sc-status is not a status of three digits: "
                                + "the log's configuration was edited"));
        assertThat(problemOf("1.5\t200\t/\t" + "a".repeat(RealTimeLogReader.MAX_LINE_BYTES)))
                .isEqualTo(new Problem("too_long", "1048586 bytes, at most 1048576 are read"));
    }

    @Test
    void problem_whenATextIsBroken_isKnownOnceItWasAskedFor() {
        assertThat(brokenAgent("50%")).isEqualTo("broken_escape");
        assertThat(brokenAgent("%G0")).isEqualTo("broken_escape");
        assertThat(brokenAgent("%E4")).isEqualTo("broken_utf8");
        assertThat(brokenAgent("%ED%A0%80")).isEqualTo("broken_utf8");
        assertThat(brokenAgent("\u00e4")).isEqualTo("broken_utf8");
        assertThat(brokenAgent("a\0b")).isEqualTo("control_byte");
        assertThat(reader.problem().message())
                .isEqualTo("cs-user-agent holds a control byte that CloudFront would have escaped");
    }

    private String brokenAgent(String agent) {
        assertThat(problemOf("1.5\t200\t/\t" + agent)).isNull();
        assertThat(reader.text("cs-user-agent")).isNull();
        return reader.problem().code();
    }

    @Test
    void text_whenAReplacementCharacterReallyStandsThere_isThat() {
        on("1.5\t200\t/\t%EF%BF%BD");
        assertThat(reader.text("cs-user-agent")).isEqualTo("\uFFFD");
        assertThat(reader.problem()).isNull();
    }

    @Test
    void unknown_holdsTheColumnsBeyondTheFormat() {
        on("1.5\t200\t/\t-\tDE\t%20x\n");

        assertThat(reader.problem()).isNull();
        assertThat(reader.columns()).isEqualTo(6);
        assertThat(reader.unknownColumns()).isEqualTo(2);
        assertThat(reader.unknown()).isEqualTo("DE\t%20x");
        assertThat(reader.text("cs-user-agent")).isNull();
    }

    @Test
    @ExtendWith(Seed.class)
    void next_findsTheSameColumnsAsSplitting(Random random) {
        String alphabet = "ab-\u0008\u000B\t\t\n\u0089\u00FF";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder record = new StringBuilder();
            for (int i = random.nextInt(1 + random.nextInt(400)); i >= 0; i--) {
                record.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(columns(record.toString())).as("round %s", round).isEqualTo(split(record.toString()));
        }
    }

    private List<List<String>> columns(String record) {
        List<List<String>> lines = new ArrayList<>();
        reader.reset(record.getBytes(ISO_8859_1));
        while (reader.next()) {
            List<String> values = new ArrayList<>();
            for (int column = 0; column < Math.min(4, reader.columns()); column++) {
                values.add(new String(
                        reader.data(), reader.start(column), reader.end(column) - reader.start(column), ISO_8859_1));
            }
            values.add(reader.columns() + " columns");
            lines.add(values);
        }
        return lines;
    }

    private static List<List<String>> split(String record) {
        List<List<String>> lines = new ArrayList<>();
        String[] all = record.split("\n", -1);
        boolean finalNewline = all.length > 1 && all[all.length - 1].isEmpty();
        for (String line : Arrays.copyOf(all, finalNewline ? all.length - 1 : all.length)) {
            String[] columns = line.split("\t", -1);
            List<String> values = new ArrayList<>(List.of(columns).subList(0, Math.min(4, columns.length)));
            values.add(columns.length + " columns");
            lines.add(values);
        }
        return lines;
    }
}
