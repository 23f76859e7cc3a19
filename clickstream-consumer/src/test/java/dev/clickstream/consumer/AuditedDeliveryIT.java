package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.audit.AuditReport;
import dev.clickstream.consumer.audit.DeliveryAudit;
import dev.clickstream.consumer.audit.Finding;
import dev.clickstream.consumer.s3.RowFormat;
import dev.clickstream.consumer.s3.S3Sink;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** What a worker delivers, audited beside the stream; and then spoilt. */
class AuditedDeliveryIT {
    private static final String PREFIX = "rows/!{timestamp:yyyy/MM/dd/HH}/";

    private static LocalAws aws;
    private static LocalClients clients;

    @BeforeAll
    static void start() {
        aws = LocalAws.start();
        clients = aws.clients();
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    /** Two rows of most numbers; 7 is dropped, 8 cannot be read, of 900 there is one row and one failure. */
    private static List<Outcome> transform(StreamRecord record) {
        Outcome.Ok row = new Outcome.Ok(
                ("{\"n\":" + new String(record.data(), StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8));
        return switch (new String(record.data(), StandardCharsets.UTF_8)) {
            case "7" -> List.of(new Outcome.Dropped("seven"));
            case "8" -> List.of(new Outcome.Failed("Eight", "it is eight"));
            case "900" -> List.of(row, new Outcome.Failed("Nine", "a part of it", new byte[] {9}));
            default -> List.of(row, row);
        };
    }

    private static DeliveryAudit.Builder audit(Bucket bucket) {
        return DeliveryAudit.builder().bucket(clients.s3(), bucket.name(), "").prefix(PREFIX).stream(
                clients.kinesis(), "audited");
    }

    @Test
    void delivery_isAllRight_untilAnObjectIsTakenAwayOrCopied() throws IOException {
        TestStream stream = new TestStream(clients, "audited", 2).prepare("audited-app");
        Bucket bucket = new Bucket(clients.s3(), "audited-bucket");
        ClickstreamWorker worker = stream.worker("audited-app")
                .transform(AuditedDeliveryIT::transform)
                .sink(S3Sink.builder(clients.s3(), bucket.name())
                        .prefix(PREFIX)
                        .errorOutputPrefix("errors/")
                        .format(RowFormat.JSON_LINES_WITH_ORIGIN)
                        .build())
                .bufferingInterval(Duration.ofMillis(300))
                .build();
        try (worker) {
            worker.start();
            stream.put(20);
            stream.put(List.of(aggregate("100", "101", "7", "102", "8", "103")));
            // Under keys of another shard, as before a split: its producer sends it again.
            stream.put(List.of(entry(Aggregates.withHashKey(List.of("200", "201"), "3".repeat(39)))));
            stream.splitAll();
            stream.put(20);
            awaitRecords(worker, 48);
            // At a time of its own: the error output knows records by their arrival.
            stream.put(List.of(entry("900".getBytes(StandardCharsets.UTF_8))));
            awaitRecords(worker, 49);
        }

        AuditReport report = audit(bucket).dropped(2).build().run();
        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report.streamRecords()).isEqualTo(47);
        assertThat(report.rows()).isEqualTo(2 * (47 - 5) + 1);
        assertThat(report.failures()).isEqualTo(3);
        assertThat(report.explained()).as("both that are eight").isEqualTo(2);
        assertThat(report.dropped()).as("both that are seven").isEqualTo(2);

        assertThat(audit(bucket).dropped(1).build().run().count(Finding.Kind.MISSING))
                .isEqualTo(2);
        spoil(bucket);
    }

    private static void awaitRecords(ClickstreamWorker worker, long records) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> worker.counts().records() == records);
    }

    private static PutRecordsRequestEntry aggregate(String... texts) {
        return entry(Aggregates.withHashKey(List.of(texts), "0"));
    }

    private static PutRecordsRequestEntry entry(byte[] data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey("any")
                .explicitHashKey("0")
                .data(SdkBytes.fromByteArray(data))
                .build();
    }

    private static void spoil(Bucket bucket) throws IOException {
        String key = bucket.keys("rows/").get(0);
        String error = bucket.keys("errors/").get(0);
        long rows = bucket.lines(key).size();
        copy(bucket, key, key.replace(".gz", ".again.gz"));
        copy(bucket, error, error + ".again.gz");

        AuditReport copied = audit(bucket).dropped(2).build().run();
        assertThat(copied.counts()).containsOnlyKeys(Finding.Kind.DOUBLED, Finding.Kind.FAILED_TWICE);
        assertThat(copied.count(Finding.Kind.DOUBLED)).isEqualTo(rows);

        remove(bucket, key);
        remove(bucket, key.replace(".gz", ".again.gz"));
        remove(bucket, error + ".again.gz");
        AuditReport removed = audit(bucket).dropped(2).build().run();
        assertThat(removed.counts()).containsOnlyKeys(Finding.Kind.MISSING);
        assertThat(removed.count(Finding.Kind.MISSING)).isGreaterThan(2);
    }

    private static void copy(Bucket bucket, String from, String to) {
        clients.s3().copyObject(c -> c.sourceBucket(bucket.name())
                .sourceKey(from)
                .destinationBucket(bucket.name())
                .destinationKey(to));
    }

    private static void remove(Bucket bucket, String key) {
        clients.s3().deleteObject(d -> d.bucket(bucket.name()).key(key));
    }
}
