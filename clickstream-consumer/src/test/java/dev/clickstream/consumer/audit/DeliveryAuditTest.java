package dev.clickstream.consumer.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryAuditTest {
    private static final String SHARD = "shardId-000000000000";
    private static final String OTHER = "shardId-000000000001";
    private static final String ARRIVAL = "2026-07-13T10:42:07.123Z";
    private static final String PREFIX = "clicks/!{timestamp:yyyy/MM/dd/HH}/";
    private static final String FOLDER = "clicks/2026/07/13/10/";
    private static final String NAME = "requests-1-2026-07-13-10-42-07-01234567-89ab-8def-8123-0123456789a";

    @TempDir
    Path bucket;

    private static String row(String shard, String sequence, int place, int row, String arrival) {
        return "{\"secret\":\"of a user\",\"nested\":{\"kinesis_shard_id\":7},\"kinesis_shard_id\":\"" + shard
                + "\",\"kinesis_sequence_number\":\"" + sequence + "\",\"kinesis_sub_sequence_number\":" + place
                + ",\"kinesis_row_number\":" + row + ",\"kinesis_arrival_timestamp\":\"" + arrival + "\"}";
    }

    private static String row(String sequence, int place, int row) {
        return row(SHARD, sequence, place, row, ARRIVAL);
    }

    private static String row(String sequence) {
        return row(sequence, 0, 0);
    }

    /** An object whose name ends with a digit of its own. */
    private String object(String folder, int digit, String... rows) throws IOException {
        return write(folder + NAME + digit + ".gz", gzip(String.join("\n", rows) + "\n"));
    }

    private String object(int digit, String... rows) throws IOException {
        return object(FOLDER, digit, rows);
    }

    private String write(String key, byte[] content) throws IOException {
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return key;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private DeliveryAudit.Builder audit() {
        return DeliveryAudit.builder().folder(bucket).prefix(PREFIX);
    }

    private static void assertOnly(AuditReport report, Finding.Kind kind, String... where) {
        assertThat(report.counts()).as(report.toString()).containsOnlyKeys(kind);
        assertThat(report.count(kind)).isEqualTo(where.length);
        assertThat(report.first().stream().map(Finding::where)).containsExactly(where);
        assertThat(report.isClean()).isFalse();
        assertThat(report.toString()).doesNotContain("secret").doesNotContain("of a user");
    }

    @Test
    void objects_whenEachRowIsOnceInItsPlace_areAllRight() throws IOException {
        object(1, row("9"), row("10"), row("100", 0, 0), row("100", 0, 1), row("100", 1, 0));
        object("clicks/2026/07/13/11/", 1, row(SHARD, "12", 0, 0, "2026-07-13T11:00:00Z"));
        object(2, row(OTHER, "9", 0, 0, ARRIVAL));

        AuditReport report = audit().build().run();

        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report)
                .hasToString("3 objects, 7 rows, 0 failures, 0 records of the stream;"
                        + " not delivered: 0 in the error output, 0 dropped");
    }

    @Test
    void objects_areReadWhateverTheirCompressionAndExtension() throws IOException {
        write(FOLDER + NAME + "1", (row("1") + "\n" + row("2")).getBytes(StandardCharsets.UTF_8));
        write(FOLDER + NAME + "2.json", gzip(row("3") + "\n"));
        byte[] frame = Zstd.compress((row("4") + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] frames = Arrays.copyOf(frame, 2 * frame.length);
        System.arraycopy(frame, 0, frames, frame.length, frame.length);
        String twice = write(FOLDER + NAME + "3.zst", frames);
        write(FOLDER + "empty", new byte[0]);

        AuditReport report = audit().build().run();

        assertThat(report.rows()).isEqualTo(5);
        assertOnly(report, Finding.Kind.DOUBLED, SHARD + " 4.0 row 0 in " + twice + " and " + twice);
    }

    @Test
    void whatQueriesDoNotSee_isNotLookedAt() throws IOException {
        object(1, row("1"));
        write("_clickstream/manifests/0123", "no row".getBytes(StandardCharsets.UTF_8));
        write(FOLDER + ".hidden", "no row".getBytes(StandardCharsets.UTF_8));

        assertThat(audit().build().run().objects()).isEqualTo(1);
    }

    @Test
    void row_whenInTwoObjects_isDoubled() throws IOException {
        String one = object(1, row("1"), row("2"), row("3"));
        String two = object(2, row("2"), row("4"));
        object(3, row(OTHER, "2", 0, 0, ARRIVAL));

        assertOnly(audit().build().run(), Finding.Kind.DOUBLED, SHARD + " 2.0 row 0 in " + one + " and " + two);
    }

    @Test
    void row_whenInThreeObjects_isDoubledTwice() throws IOException {
        object(1, row("1"));
        object(2, row("1"));
        object(3, row("1"));

        assertThat(audit().build().run().count(Finding.Kind.DOUBLED)).isEqualTo(2);
    }

    @Test
    void row_whenBehindALaterOneInItsObject_isOutOfOrder() throws IOException {
        String key = object(1, row("9"), row("10"), row("2"), row("11"));

        assertOnly(
                audit().build().run(),
                Finding.Kind.OUT_OF_ORDER,
                SHARD + " 2.0 row 0 behind " + SHARD + " 10.0 row 0 in " + key + ", line 3");
    }

    @Test
    void row_whenUnderThePrefixOfAnotherHour_isWrong() throws IOException {
        String key = object(1, row("1"), row(SHARD, "2", 0, 0, "2026-07-13T11:00:00Z"));

        assertOnly(
                audit().build().run(),
                Finding.Kind.WRONG_PREFIX,
                SHARD + " 2.0 row 0, arrived 2026-07-13T11:00:00Z, in " + key);
        assertThat(DeliveryAudit.builder().folder(bucket).build().run().isClean())
                .as("without a prefix rows may lie anywhere")
                .isTrue();
    }

    @Test
    void prefix_withTimeZoneAndKeysAndRandomText_isUnderstood() throws IOException {
        object("shop=a/b/day=14/0123456789A/", 1, row(SHARD, "1", 0, 0, "2026-07-13T23:30:00Z"));
        String wrong = object("shop=a/b/day=13/0123456789A/", 1, row(SHARD, "2", 0, 0, "2026-07-13T23:30:00Z"));

        AuditReport report = DeliveryAudit.builder()
                .folder(bucket)
                .prefix("shop=!{partitionKeyFromLambda:shop}/day=!{timestamp:dd}/!{firehose:random-string}/")
                .customTimeZone(ZoneId.of("Europe/Berlin"))
                .build()
                .run();

        assertOnly(report, Finding.Kind.WRONG_PREFIX, SHARD + " 2.0 row 0, arrived 2026-07-13T23:30:00Z, in " + wrong);
    }

    @Test
    void places_whenSomeAreNotThere_areMissing() throws IOException {
        object(1, row("5", 1, 0), row("6", 0, 0));
        object(2, row("5", 3, 0), row("6", 0, 2));

        assertOnly(audit().build().run(), Finding.Kind.MISSING, SHARD + " 5.0", SHARD + " 5.2", SHARD + " 6.0 row 1");
    }

    @Test
    void places_whenAsManyMayBeDropped_areNotMissing() throws IOException {
        object(1, row("5", 1, 0), row("5", 3, 0));

        AuditReport report = audit().dropped(2).build().run();

        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report.dropped()).isEqualTo(2);
        assertOnly(
                audit().dropped(1).build().run(),
                Finding.Kind.MISSING,
                SHARD + " 5.0, one of 2, of which 1 may have been dropped",
                SHARD + " 5.2, one of 2, of which 1 may have been dropped");
    }

    @Test
    void places_whenTheErrorOutputHasThem_areNotMissing() throws IOException {
        object(1, row("5", 1, 0), row("5", 2, 0));
        object(
                "errors/processing-failed/2026/07/13/10/",
                1,
                "{\"rawData\":\"c2VjcmV0\",\"errorCode\":\"X\",\"errorMessage\":\"y\",\"attemptsMade\":1,"
                        + "\"arrivalTimestamp\":1783939327123,\"attemptEndingTimestamp\":1783939327123}");

        AuditReport report = audit().build().run();

        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report)
                .hasToString("2 objects, 2 rows, 1 failures, 0 records of the stream;"
                        + " not delivered: 1 in the error output, 0 dropped");
    }

    @Test
    void objects_thatCannotBeRead_areTold_withoutWhatTheyHold() throws IOException {
        byte[] whole = gzip(row("1") + "\n");
        String cut = write(FOLDER + NAME + "1.gz", Arrays.copyOf(whole, whole.length - 9));
        String lines = object(
                2,
                row("2"),
                "{\"secret\":\"of a user\"",
                "{\"secret\":\"of a user\"}",
                "[]",
                row(SHARD, "two", 0, 0, ARRIVAL),
                row(SHARD, "3", 0, 0, "of a user"));

        AuditReport report = audit().build().run();

        assertOnly(
                report,
                Finding.Kind.UNREADABLE,
                cut + ", behind line 0: its compression is broken",
                lines + ", line 2: not JSON, or an origin that is none",
                lines + ", line 3: it does not say where it came from",
                lines + ", line 4: no JSON object",
                lines + ", line 5: not JSON, or an origin that is none",
                lines + ", line 6: not JSON, or an origin that is none");
        assertThat(report.rows()).isEqualTo(1);
    }

    @Test
    void row_withMembersOfThatNameItself_goesByTheLast() throws IOException {
        object(1, "{\"kinesis_sequence_number\":\"77\"," + row("1").substring(1), row("2"));

        assertThat(audit().build().run().isClean()).isTrue();
    }

    @Test
    void findings_areCountedAll_andKeptInPart() throws IOException {
        String[] rows = new String[100];
        Arrays.setAll(rows, i -> row(Integer.toString(i + 1)));
        object(1, rows);
        object(2, rows);

        AuditReport report = audit().build().run();

        assertThat(report.count(Finding.Kind.DOUBLED)).isEqualTo(100);
        assertThat(report.first()).hasSize(20);
        assertThat(report.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("DOUBLED: 100 more than once; first: " + SHARD + " 1.0 row 0 in ");
    }

    @Test
    void rows_whenMoreThanThereIsRoomFor_endTheAudit() throws IOException {
        object(1, row("1"), row("2"), row("3"));

        assertThatThrownBy(audit().maxRows(2).build()::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "There are more than 2 rows and failures: audit a part of the bucket, or allow more and give"
                                + " the JVM 100 bytes for each");
    }

    @Test
    void settings_thatAreWrong_areRefused() {
        assertThatThrownBy(DeliveryAudit.builder()::build).hasMessage("a folder or a bucket is wanted");
        assertThatThrownBy(() -> DeliveryAudit.builder().dropped(-1)).hasMessage("dropped must be 0 or more, not -1");
        assertThatThrownBy(() -> DeliveryAudit.builder().maxRows(-1)).hasMessage("maxRows must be 0 or more, not -1");
    }
}
