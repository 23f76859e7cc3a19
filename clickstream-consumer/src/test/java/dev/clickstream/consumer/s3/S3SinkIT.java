package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.Batch;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.Bucket;
import dev.clickstream.consumer.FailedRecord;
import dev.clickstream.consumer.ManifestEntry;
import dev.clickstream.consumer.ManifestStore;
import dev.clickstream.consumer.Row;
import dev.clickstream.consumer.SinkBuffer;
import dev.clickstream.consumer.SinkContract;
import dev.clickstream.consumer.WriteWindow;
import dev.clickstream.local.aws.LocalAws;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class S3SinkIT {
    private static final BatchId ID = new BatchId("app", "clicks", "shardId-000000000000", "1");
    private static final Instant HOUR_10 = Instant.parse("2026-07-13T10:59:59.999Z");
    private static final Instant HOUR_11 = Instant.parse("2026-07-13T11:00:00Z");

    private static LocalAws aws;
    private static S3Client s3;

    @BeforeAll
    static void start() throws Exception {
        aws = LocalAws.start();
        s3 = aws.clients().s3();
    }

    @AfterAll
    static void close() throws Exception {
        aws.close();
    }

    private static Row row(Instant arrival, String text) {
        return new Row("1", 0, arrival, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static Batch batch(Batch.Content content, Row... rows) {
        return new Batch(ID, HOUR_10, Arrays.asList(rows), List.of(), content);
    }

    private static Batch whole(Row... rows) {
        return batch(Batch.Content.WHOLE, rows);
    }

    @Test
    void rows_goToTheHourOfTheirOwnArrival() throws Exception {
        Bucket bucket = new Bucket(s3, "hours");

        S3Sink.builder(s3, "hours").build().deliver(whole(row(HOUR_10, "a"), row(HOUR_11, "b"), row(HOUR_10, "c")));

        assertThat(bucket.objects("2026/07/13/10/clicks-1-2026-07-13-10-59-59-").values())
                .containsExactly(List.of("a", "c"));
        assertThat(bucket.objects("2026/07/13/11/clicks-1-2026-07-13-10-59-59-").values())
                .containsExactly(List.of("b"));
    }

    @Test
    void object_hasFirehosesTypeAndEncoding_andItsDigest() throws Exception {
        Bucket bucket = new Bucket(s3, "headers");
        S3Sink.builder(s3, "headers").build().deliver(whole(row(HOUR_10, "a"), row(HOUR_10, "b")));

        HeadObjectResponse head =
                s3.headObject(r -> r.bucket("headers").key(bucket.keys("").get(0)));

        assertThat(head.contentType()).isEqualTo("application/octet-stream");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.metadata())
                .containsEntry("clickstream-rows", "2")
                .containsEntry(
                        "clickstream-rows-sha256", "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2");
    }

    @Test
    void batch_deliveredAgain_meetsItsObjects() throws Exception {
        Bucket bucket = new Bucket(s3, "again");
        S3Sink sink = S3Sink.builder(s3, "again").build();
        sink.deliver(whole(row(HOUR_10, "a"), row(HOUR_10, "b")));
        String key = bucket.keys("").get(0);
        Instant written = s3.headObject(r -> r.bucket("again").key(key)).lastModified();

        sink.deliver(whole(row(HOUR_10, "a"), row(HOUR_10, "b")));

        assertThat(bucket.objects("")).containsOnlyKeys(key);
        assertThat(s3.headObject(r -> r.bucket("again").key(key)).lastModified())
                .isEqualTo(written);
    }

    @Test
    void wholeBatch_withOtherBytes_replacesItsObjects() throws Exception {
        Bucket bucket = new Bucket(s3, "upgrade");
        S3Sink sink = S3Sink.builder(s3, "upgrade").build();
        sink.deliver(whole(row(HOUR_10, "a"), row(HOUR_10, "b")));

        sink.deliver(whole(row(HOUR_10, "A")));

        assertThat(bucket.objects("").values()).containsExactly(List.of("A"));
    }

    @Test
    void differentBatch_doesNotReplaceWhatIsFuller() throws Exception {
        Bucket bucket = new Bucket(s3, "fuller");
        S3Sink sink = S3Sink.builder(s3, "fuller").build();
        sink.deliver(whole(row(HOUR_10, "a"), row(HOUR_10, "b")));

        sink.deliver(batch(Batch.Content.DIFFERENT, row(HOUR_10, "b")));

        assertThat(bucket.objects("").values()).containsExactly(List.of("a", "b"));
    }

    @Test
    void failures_goToTheErrorPrefix() throws Exception {
        Bucket bucket = new Bucket(s3, "errors");
        FailedRecord failed = new FailedRecord("1", 0, HOUR_10, new byte[] {1}, "Code", "message");

        S3Sink.builder(s3, "errors")
                .prefix("rows/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/!{timestamp:HH}/")
                .build()
                .deliver(new Batch(
                        new BatchId("app", "clicks", "s", "1"),
                        HOUR_10,
                        List.of(row(HOUR_10, "a")),
                        List.of(failed),
                        Batch.Content.WHOLE));

        assertThat(bucket.keys("rows/2026/07/13/10/")).hasSize(1);
        assertThat(bucket.objects("errors/processing-failed/10/clicks-1-2026-07-13-10-59-59-")
                        .values())
                .singleElement()
                .satisfies(lines -> assertThat(lines).hasSize(1));
    }

    @Test
    void row_withoutItsPartitionKey_goesToTheErrorOutput() throws Exception {
        Bucket bucket = new Bucket(s3, "partitions");
        Row placed = new Row("1", 0, HOUR_10, new byte[] {'a'}, Map.of("shop", "7"));

        S3Sink.builder(s3, "partitions")
                .prefix("shop=!{partitionKeyFromLambda:shop}/!{firehose:random-string}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .build()
                .deliver(whole(placed, row(HOUR_10, "b")));

        assertThat(bucket.keys("")).hasSize(2);
        assertThat(bucket.allLines("shop=7/")).containsExactly("a");
        assertThat(bucket.allLines("errors/metadata-extraction-failed/"))
                .containsExactly("{\"rawData\":\"Yg==\",\"errorCode\":\"DynamicPartitioning.MetadataExtractionFailed\","
                        + "\"errorMessage\":\"partition key 'shop' is missing or empty\",\"attemptsMade\":1,"
                        + "\"arrivalTimestamp\":1783940399999,\"attemptEndingTimestamp\":1783940399999}");
    }

    @Test
    void jsonLines_goToTheHourOfTheirEvent_andWhatIsNoneToTheErrorOutput() throws Exception {
        Bucket bucket = new Bucket(s3, "json");

        S3Sink.builder(s3, "json")
                .format(RowFormat.JSON_LINES)
                .eventTime(EventTime.ofField("t"))
                .build()
                .deliver(whole(
                        row(HOUR_10, "{\"t\":\"2026-07-13T09:00:00Z\"}"),
                        row(HOUR_10, "{\n\"t\":\"2026-07-13T10:00:00Z\"}"),
                        row(HOUR_10, "no JSON")));

        assertThat(bucket.allLines("2026/07/13/09/")).containsExactly("{\"t\":\"2026-07-13T09:00:00Z\"}");
        assertThat(bucket.allLines("2026/07/13/10/")).containsExactly("{ \"t\":\"2026-07-13T10:00:00Z\"}");
        assertThat(bucket.allLines("format-conversion-failed/2026/07/13/10/"))
                .singleElement()
                .asString()
                .contains("\"errorCode\":\"DataFormatConversion.ParseError\"");
        assertThat(bucket.keys("")).hasSize(3);
    }

    @Test
    void uncompressed_withoutDelimiter_isJoinedAsFirehoseDoes() throws Exception {
        Bucket bucket = new Bucket(s3, "plain");

        S3Sink.builder(s3, "plain")
                .compressionFormat(Compression.UNCOMPRESSED)
                .fileExtension(".gz")
                .delimiter("")
                .build()
                .deliver(whole(row(HOUR_10, "abc"), row(HOUR_10, "abc"), row(HOUR_10, "abc")));

        assertThat(s3.getObjectAsBytes(
                                r -> r.bucket("plain").key(bucket.keys("").get(0)))
                        .asUtf8String())
                .isEqualTo("abcabcabc");
    }

    @Test
    void sinksOfTwoNames_meetUnderOnePrefix_withoutTakingEachOthersObjects() throws Exception {
        Bucket bucket = new Bucket(s3, "names");
        S3Sink rows = S3Sink.builder(s3, "names").build();
        S3Sink backup = S3Sink.builder(s3, "names").name("backup").build();

        rows.deliver(whole(row(HOUR_10, "row")));
        backup.deliver(whole(row(HOUR_10, "record")));

        assertThat(bucket.keys("2026/07/13/10/")).hasSize(2);
        assertThat(bucket.allLines("")).containsExactlyInAnyOrder("row", "record");
        assertThat(rows.name()).isEqualTo("S3Sink");
        assertThat(backup.name()).isEqualTo("backup");
        assertThat(backup.configuration()).isNotEqualTo(rows.configuration());
        assertThatThrownBy(() -> S3Sink.builder(s3, "names").name(" ")).hasMessage("name must not be empty");
    }

    @Test
    void contractOfASink_isKept() throws Exception {
        Bucket bucket = new Bucket(s3, "contract");

        SinkContract.verify(
                S3Sink.builder(s3, "contract")
                        .prefix("rows/!{timestamp:HH}/")
                        .errorOutputPrefix("errors/")
                        .build(),
                () -> bucket.allLines("rows/"));
    }

    @Test
    void manifest_isKeptUntilItIsDeleted_andNamesOfOthersAreNoneOfItsBusiness() throws Exception {
        Bucket bucket = new Bucket(s3, "manifests");
        S3Sink sink = S3Sink.builder(s3, "manifests").build();
        ManifestStore manifests = sink.manifestStore();

        String uri = manifests.write(new byte[] {1, 2});

        assertThat(manifests.write(new byte[] {1, 2})).isEqualTo(uri).startsWith("s3://manifests/_clickstream/");
        assertThat(manifests.write(new byte[] {1})).isNotEqualTo(uri);
        assertThat(manifests.read(uri)).containsExactly(1, 2);
        assertThat(manifests.read("file:///x")).isNull();
        manifests.delete(uri);
        manifests.delete(uri);
        manifests.delete("file:///x");
        assertThatThrownBy(() -> manifests.read(uri)).isInstanceOf(NoSuchKeyException.class);
        assertThat(bucket.keys("")).isEmpty();
    }

    @Test
    void sealed_namesWhatWillBeThere_andRemovalTakesItAway() throws Exception {
        Bucket bucket = new Bucket(s3, "sealed");
        S3Sink sink = S3Sink.builder(s3, "sealed").build();
        SinkBuffer buffer = sink.open(ID, HOUR_10);
        buffer.add(row(HOUR_10, "a"));
        buffer.add(row(HOUR_10.plusSeconds(3600), "b"));
        assertThat(buffer.objects()).isEqualTo(2);

        List<ManifestEntry> entries = buffer.seal();
        assertThat(bucket.keys("")).isEmpty();
        buffer.deliver(Batch.Content.WHOLE, WriteWindow.unlimited());

        assertThat(entries)
                .extracting(ManifestEntry::uri)
                .containsExactlyInAnyOrderElementsOf(bucket.keys("").stream()
                        .map(key -> "s3://sealed/" + key)
                        .toList());
        sink.remove(entries.get(0).uri(), WriteWindow.unlimited());
        sink.remove(entries.get(0).uri(), WriteWindow.unlimited());
        sink.remove("file:///x", WriteWindow.unlimited());
        assertThat(bucket.keys("")).hasSize(1);
    }

    @Test
    void settings_areChecked() throws Exception {
        assertThatThrownBy(
                        () -> S3Sink.builder(s3, "b").prefix("!{timestamp:HH}/").build())
                .hasMessage("The prefix '!{timestamp:HH}/' has expressions, so an errorOutputPrefix is required");
        assertThatThrownBy(() -> S3Sink.builder(s3, "b")
                        .format(RowFormat.JSON_LINES)
                        .delimiter("")
                        .build())
                .hasMessage("format JSON_LINES is delimited by a newline, and delimiter is something else");
        assertThatThrownBy(() -> S3Sink.builder(s3, "b").attemptTimeout(Duration.ZERO))
                .hasMessage("attemptTimeout must be positive, not PT0S");
        assertThat(S3Sink.builder(s3, "b").build().writeBound()).isEqualTo(Duration.ofMinutes(1));
    }
}
