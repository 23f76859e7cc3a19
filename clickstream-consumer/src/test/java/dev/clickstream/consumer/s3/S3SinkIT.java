package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.Batch;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.Bucket;
import dev.clickstream.consumer.FailedRecord;
import dev.clickstream.consumer.Row;
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

class S3SinkIT {
    private static final Instant HOUR_10 = Instant.parse("2026-07-13T10:59:59.999Z");
    private static final Instant HOUR_11 = Instant.parse("2026-07-13T11:00:00Z");

    private static LocalAws aws;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        aws = LocalAws.start();
        s3 = aws.clients().s3();
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    private static Row row(Instant arrival, String text) {
        return new Row("1", 0, arrival, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static Batch batch(Batch.Content content, Row... rows) {
        BatchId id = new BatchId("app", "clicks", "shardId-000000000000", "1");
        return new Batch(id, HOUR_10, Arrays.asList(rows), List.of(), content);
    }

    private static Batch whole(Row... rows) {
        return batch(Batch.Content.WHOLE, rows);
    }

    @Test
    void rows_goToTheHourOfTheirOwnArrival() {
        Bucket bucket = new Bucket(s3, "hours");

        S3Sink.builder(s3, "hours").build().deliver(whole(row(HOUR_10, "a"), row(HOUR_11, "b"), row(HOUR_10, "c")));

        assertThat(bucket.objects("2026/07/13/10/clicks-1-2026-07-13-10-59-59-").values())
                .containsExactly(List.of("a", "c"));
        assertThat(bucket.objects("2026/07/13/11/clicks-1-2026-07-13-10-59-59-").values())
                .containsExactly(List.of("b"));
    }

    @Test
    void object_hasFirehosesTypeAndEncoding_andItsDigest() {
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
    void batch_deliveredAgain_meetsItsObjects() {
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
    void wholeBatch_withOtherBytes_replacesItsObjects() {
        Bucket bucket = new Bucket(s3, "upgrade");
        S3Sink sink = S3Sink.builder(s3, "upgrade").build();
        sink.deliver(whole(row(HOUR_10, "a"), row(HOUR_10, "b")));

        sink.deliver(whole(row(HOUR_10, "A")));

        assertThat(bucket.objects("").values()).containsExactly(List.of("A"));
    }

    @Test
    void differentBatch_doesNotReplaceWhatIsFuller() {
        Bucket bucket = new Bucket(s3, "fuller");
        S3Sink sink = S3Sink.builder(s3, "fuller").build();
        sink.deliver(whole(row(HOUR_10, "a"), row(HOUR_10, "b")));

        sink.deliver(batch(Batch.Content.DIFFERENT, row(HOUR_10, "b")));

        assertThat(bucket.objects("").values()).containsExactly(List.of("a", "b"));
    }

    @Test
    void largeBatch_isSplitByUncompressedBytes() {
        Bucket bucket = new Bucket(s3, "parts");

        S3Sink.builder(s3, "parts")
                .maxObjectSize(10)
                .build()
                .deliver(whole(row(HOUR_10, "aaaa"), row(HOUR_10, "bbbb"), row(HOUR_10, "c"), row(HOUR_10, "d")));

        assertThat(bucket.objects("").values()).containsExactlyInAnyOrder(List.of("aaaa", "bbbb"), List.of("c", "d"));
    }

    @Test
    void failures_goToTheErrorPrefix() {
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
    void uncompressed_withoutDelimiter_isJoinedAsFirehoseDoes() {
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
    void settings_areChecked() {
        assertThatThrownBy(
                        () -> S3Sink.builder(s3, "b").prefix("!{timestamp:HH}/").build())
                .hasMessage("The prefix '!{timestamp:HH}/' has expressions, so an errorOutputPrefix is required");
        for (String rejected : List.of("nodot", ".Custom.LOG", ".", ".with space", ".tab\t", "gz.")) {
            assertThatThrownBy(() -> S3Sink.builder(s3, "b").fileExtension(rejected))
                    .hasMessageStartingWith("fileExtension '" + rejected + "' must match");
        }
        for (String accepted : List.of(".gz", ".custom.log", "", ".a-b_c!*'()", ".123", "..")) {
            S3Sink.builder(s3, "b").fileExtension(accepted);
        }
        assertThatThrownBy(() -> S3Sink.builder(s3, "b").attemptTimeout(Duration.ZERO))
                .hasMessage("attemptTimeout must be positive, not PT0S");
        assertThatThrownBy(() -> S3Sink.builder(s3, "b").maxObjectSize(0))
                .hasMessage("maxObjectSize must be at least 1 byte, not 0");
        assertThat(S3Sink.builder(s3, "b").build().writeBound()).isEqualTo(Duration.ofMinutes(1));
    }
}
