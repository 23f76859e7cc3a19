package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.clickstream.consumer.Batch;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.Row;
import dev.clickstream.local.aws.LocalAws;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

class LargeObjectIT {
    private static final Instant TIME = Instant.parse("2026-07-13T10:59:59.999Z");
    private static final int PART_BYTES = 5 * 1024 * 1024;

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

    /** 12 MiB that cannot be compressed. */
    private static byte[] noise(long seed) {
        byte[] noise = new byte[12 * 1024 * 1024];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static Batch batch(Batch.Content content, byte[]... rows) {
        List<Row> all = List.of(rows).stream()
                .map(row -> new Row("1", 0, TIME, row, Map.of()))
                .toList();
        return new Batch(new BatchId("app", "clicks", "shard", "1"), TIME, all, List.of(), content);
    }

    private static S3Sink sink(String bucket, Compression compression) {
        return S3Sink.builder(s3, bucket)
                .compressionFormat(compression)
                .delimiter("")
                .parts(PART_BYTES, PART_BYTES)
                .build();
    }

    private static S3Object only(String bucket) {
        List<S3Object> objects = s3.listObjectsV2(r -> r.bucket(bucket)).contents();
        assertThat(objects).hasSize(1);
        return objects.get(0);
    }

    private static byte[] read(String bucket) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket).key(only(bucket).key()))
                .asByteArray();
    }

    @Test
    void largeObject_isPutInParts_once() throws Exception {
        s3.createBucket(r -> r.bucket("large"));
        byte[] row = noise(1);
        S3Sink sink = sink("large", Compression.UNCOMPRESSED);

        sink.deliver(batch(Batch.Content.WHOLE, row));

        S3Object object = only("large");
        assertThat(object.eTag()).endsWith("-3\"");
        assertThat(read("large")).isEqualTo(row);
        HeadObjectResponse head = s3.headObject(r -> r.bucket("large").key(object.key()));
        assertThat(head.metadata()).containsEntry("clickstream-rows", "1");
        assertThat(head.contentType()).isEqualTo("application/octet-stream");

        sink.deliver(batch(Batch.Content.WHOLE, row));
        assertThat(only("large").lastModified()).isEqualTo(object.lastModified());
        assertThat(s3.listMultipartUploads(r -> r.bucket("large")).uploads()).isEmpty();
    }

    @Test
    void largeObject_replacesAnother_unlessThatIsFuller() throws Exception {
        s3.createBucket(r -> r.bucket("fuller-large"));
        S3Sink sink = sink("fuller-large", Compression.UNCOMPRESSED);
        sink.deliver(batch(Batch.Content.WHOLE, noise(1), noise(2)));

        sink.deliver(batch(Batch.Content.DIFFERENT, noise(3)));
        assertThat(read("fuller-large")).hasSize(24 * 1024 * 1024);

        sink.deliver(batch(Batch.Content.WHOLE, noise(3)));
        assertThat(read("fuller-large")).isEqualTo(noise(3));
    }

    @Test
    void zstandard_isReadBack() throws Exception {
        s3.createBucket(r -> r.bucket("zstd"));
        byte[] row = noise(4);

        sink("zstd", Compression.ZSTANDARD).deliver(batch(Batch.Content.WHOLE, row));

        S3Object object = only("zstd");
        assertThat(object.key()).endsWith(".zst");
        assertThat(s3.headObject(r -> r.bucket("zstd").key(object.key())).contentEncoding())
                .isEqualTo("zstd");
        try (InputStream in =
                new ZstdInputStream(s3.getObject(r -> r.bucket("zstd").key(object.key())))) {
            assertThat(in.readAllBytes()).isEqualTo(row);
        }
    }
}
