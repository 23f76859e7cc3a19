package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.FailedRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorReaderTest {
    private static List<ErrorLine> read(InputStream object) throws IOException {
        try (ErrorReader reader = ErrorReader.of(object)) {
            return read(reader);
        }
    }

    private static List<ErrorLine> read(ErrorReader reader) throws IOException {
        List<ErrorLine> lines = new ArrayList<>();
        for (ErrorLine line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static List<ErrorLine> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String data(ErrorLine line) {
        return new String(((ErrorLine.Failed) line).data(), StandardCharsets.ISO_8859_1);
    }

    /** As it is written today, as it was written before, and by format conversion. */
    @Test
    void lines_ofTheService_areRead() throws IOException {
        List<ErrorLine> lines =
                read(Objects.requireNonNull(ErrorReaderTest.class.getResourceAsStream("firehose-errors.jsonl")));

        assertThat(lines).hasSize(8);
        assertThat(lines.get(0))
                .usingRecursiveComparison()
                .isEqualTo(new ErrorLine.Failed(
                        1,
                        "FAIL this one\n".getBytes(StandardCharsets.UTF_8),
                        "Lambda.ProcessingFailedStatus",
                        "ProcessingFailed status set for record",
                        1,
                        Instant.parse("2026-09-10T04:24:00.448Z")));
        assertThat(lines.subList(1, 5))
                .extracting(ErrorReaderTest::data)
                .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}");
        assertThat(lines.subList(1, 6))
                .extracting(line -> ((ErrorLine.Failed) line).code())
                .containsExactly(
                        "Lambda.FunctionTimedOut",
                        "Lambda.FunctionError",
                        "Lambda.MissingRecordId",
                        "Lambda.DuplicatedRecordId",
                        "Lambda.InvokeAccessDenied");
        assertThat(((ErrorLine.Failed) lines.get(1)).attempts()).isEqualTo(4);
        assertThat(((ErrorLine.Failed) lines.get(5)).attempts()).isZero();
        assertThat(lines.get(6)).isEqualTo(new ErrorLine.Malformed(7, "rawData is not base64"));
        assertThat(lines.get(7))
                .usingRecursiveComparison()
                .isEqualTo(new ErrorLine.Failed(
                        8,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "DataFormatConversion.ParseError",
                        "Encountered malformed JSON.",
                        1,
                        Instant.ofEpochMilli(1_575_019_718_303L)));
    }

    @Test
    void line_ofOurs_isReadAsItWasWritten() throws IOException {
        byte[] data = {0, (byte) 0xFF, '\n', '"'};
        FailedRecord failed =
                new FailedRecord("1", 0, Instant.ofEpochMilli(7), data, "Transform.Exception", "a \"b\"\n\\é");

        assertThat(read(new ByteArrayInputStream(ErrorObject.line(failed))))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new ErrorLine.Failed(
                        1, data, "Transform.Exception", "a \"b\"\n\\é", 1, Instant.ofEpochMilli(7)));
    }

    @Test
    void lineOfBytesThatAreNoText_isMalformed_andTheRestIsRead() throws IOException {
        byte[] bad = {0, 0, (byte) 0xFF, (byte) 0xFE, '{', '}', '\n'};
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.writeBytes(bad);
        lines.writeBytes("{\"rawData\":\"YQ==\"}".getBytes(StandardCharsets.UTF_8));

        List<ErrorLine> read = read(new ByteArrayInputStream(lines.toByteArray()));
        assertThat(read.get(0)).isEqualTo(new ErrorLine.Malformed(1, "not JSON: its bytes are no text"));
        assertThat(data(read.get(1))).isEqualTo("a");
    }

    @Test
    void largestRecord_isRead() throws IOException {
        byte[] data = new byte[10 * 1024 * 1024];
        FailedRecord failed = new FailedRecord("1", 0, Instant.EPOCH, data, "c", "m");

        assertThat(read(new ByteArrayInputStream(ErrorObject.line(failed))))
                .singleElement()
                .satisfies(line -> assertThat(((ErrorLine.Failed) line).data()).hasSameSizeAs(data));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not JSON|not JSON, at column 1",
                "[1]|not a JSON object",
                "{\"rawData\":\"YQ==\"|not JSON, at column 18",
                "{\"rawData\":\"YQ==\"}{}|something stands behind the JSON object",
                "{}|rawData is missing, or no text",
                "{\"rawData\":7}|rawData is missing, or no text",
                "{\"rawData\":null}|rawData is missing, or no text",
                "{\"rawData\":{\"rawData\":\"YQ==\"}}|rawData is missing, or no text",
                "{\"rawData\":\"Y!==\"}|rawData is not base64",
            })
    void badLine_isAnOutcomeWithItsNumber_andTheRestIsRead(String bad, String reason) throws IOException {
        List<ErrorLine> lines = read("{\"rawData\":\"YQ==\"}\n\r\n" + bad + "\n{\"rawData\":\"Yg==\"}");

        assertThat(lines).hasSize(3);
        assertThat(data(lines.get(0))).isEqualTo("a");
        assertThat(lines.get(1)).isEqualTo(new ErrorLine.Malformed(3, reason));
        assertThat(lines.get(2)).isInstanceOf(ErrorLine.Failed.class);
        assertThat(lines.get(2).number()).isEqualTo(4);
        assertThat(data(lines.get(2))).isEqualTo("b");
    }

    /** A record is worth more than what is said about it. */
    @Test
    void onlyRawData_mustBeThere() throws IOException {
        ErrorLine bare = new ErrorLine.Failed(1, new byte[] {'a'}, "", "", 0, null);

        for (String members : List.of(
                "",
                ",\"attemptsMade\":\"many\",\"arrivalTimestamp\":\"soon\"",
                ",\"x\":{\"y\":[1,{}]},\"errorCode\":null")) {
            assertThat(read("{\"rawData\":\"YQ==\"" + members + "}"))
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(bare);
        }
    }

    @Test
    void lineThatIsTooLong_isPassedOver() throws IOException {
        InputStream object = new ByteArrayInputStream(
                ("{\"rawData\":\"" + "A".repeat(200) + "\"}\n{\"rawData\":\"Yg==\"}").getBytes(StandardCharsets.UTF_8));
        List<ErrorLine> lines = read(new ErrorReader(object, 100));

        assertThat(lines.get(0)).isEqualTo(new ErrorLine.Malformed(1, "longer than 100 bytes"));
        assertThat(data(lines.get(1))).isEqualTo("b");
    }

    private static byte[] compressed(Compression compression, String... lines) throws IOException {
        ObjectWriter writer = new ObjectWriter(compression, new byte[] {'\n'});
        for (String line : lines) {
            writer.add(line.getBytes(StandardCharsets.UTF_8));
        }
        return writer.close().body().stream().readAllBytes();
    }

    @ParameterizedTest
    @EnumSource
    void object_isTakenOutOfItsCompression(Compression compression) throws IOException {
        byte[] object = compressed(compression, "{\"rawData\":\"YQ==\"}", "{\"rawData\":\"Yg==\"}");

        assertThat(read(new ByteArrayInputStream(object)))
                .extracting(ErrorReaderTest::data)
                .containsExactly("a", "b");
        assertThat(read(new ByteArrayInputStream(new byte[0]))).isEmpty();
    }

    @Test
    void object_isTakenOutOfTheServicesZip() throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(object)) {
            zip.putNextEntry(new ZipEntry("427d939e-74e3-3621-b77c-372853e0751c"));
            OutputStream out = zip;
            out.write("{\"rawData\":\"YQ==\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(new ByteArrayInputStream(object.toByteArray())))
                .extracting(ErrorReaderTest::data)
                .containsExactly("a");
    }

    @Test
    void objectThatIsCutOff_isReadAsFarAsItGoes_andThenFails() throws IOException {
        String[] lines = new String[1000];
        Arrays.setAll(
                lines,
                i -> "{\"rawData\":\""
                        + Base64.getEncoder().encodeToString(("row " + i * 7919).getBytes(StandardCharsets.UTF_8))
                        + "\"}");
        byte[] whole = compressed(Compression.GZIP, lines);

        try (ErrorReader reader =
                ErrorReader.of(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length * 3 / 4)))) {
            assertThat(data(Objects.requireNonNull(reader.next()))).isEqualTo("row 0");
            assertThatThrownBy(() -> read(reader)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void texts_showNoData() throws IOException {
        assertThat(read("{\"rawData\":\"c2VjcmV0\",\"errorCode\":\"c\",\"errorMessage\":\"secret\"}"))
                .singleElement()
                .hasToString("Failed[line 1, c, 6 bytes]");
        assertThat(read("secret")).singleElement().asString().doesNotContain("secret");
    }
}
