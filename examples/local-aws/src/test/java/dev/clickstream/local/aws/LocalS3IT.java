package dev.clickstream.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class LocalS3IT {
    private static final String BUCKET = "lake";

    @TempDir
    static Path folder;

    private static LocalAws aws;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        aws = LocalAws.builder().directory(folder).start();
        s3 = aws.clients().s3();
        s3.createBucket(b -> b.bucket(BUCKET));
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    @Test
    void object_whenPut_isAPlainFileOfItsKey() throws IOException {
        put("clicks/2026/01/01/00/x.gz", "one\n");

        assertThat(folder.resolve(BUCKET).resolve("clicks/2026/01/01/00/x.gz")).hasContent("one\n");
        try (Stream<Path> beside = Files.list(folder.resolve(BUCKET).resolve("clicks/2026/01/01/00"))) {
            assertThat(beside).hasSize(1);
        }
        assertThat(get("clicks/2026/01/01/00/x.gz").asUtf8String()).isEqualTo("one\n");
    }

    @Test
    void metadataAndEncoding_whenPut_comeBackUnchanged() {
        s3.putObject(
                b -> b.bucket(BUCKET)
                        .key("meta/x.gz")
                        .contentEncoding("gzip")
                        .contentType("application/x-ndjson")
                        .metadata(Map.of("rows-sha256", "0123", "batch", "s-1")),
                RequestBody.fromString("gzipped"));

        GetObjectResponse head = get("meta/x.gz").response();

        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.contentType()).isEqualTo("application/x-ndjson");
        assertThat(head.metadata()).isEqualTo(Map.of("rows-sha256", "0123", "batch", "s-1"));
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("meta/x.gz")).metadata())
                .isEqualTo(head.metadata());
    }

    @Test
    void ifNoneMatch_whenTheObjectIsThere_is412AndChangesNothing() {
        put("once/a", "first");

        assertStatus(
                412,
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("once/a").ifNoneMatch("*"), RequestBody.fromString("second")));

        assertThat(get("once/a").asUtf8String()).isEqualTo("first");
    }

    @Test
    void ifNoneMatch_whenManyRace_letsOneWin() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> won = IntStream.range(0, writers)
                .mapToObj(i -> threads.submit(() -> {
                    go.await();
                    return putIfAbsent("race/a", "writer " + i);
                }))
                .toList();

        go.countDown();

        int winners = 0;
        for (Future<Boolean> one : won) {
            winners += one.get(30, TimeUnit.SECONDS) ? 1 : 0;
        }
        threads.shutdown();
        assertThat(winners).isEqualTo(1);
    }

    @Test
    void ifMatch_whenTheTagIsAnother_is412() {
        String tag = s3.putObject(b -> b.bucket(BUCKET).key("match/a"), RequestBody.fromString("1"))
                .eTag();

        s3.putObject(b -> b.bucket(BUCKET).key("match/a").ifMatch(tag), RequestBody.fromString("2"));

        assertStatus(
                412,
                () -> s3.putObject(b -> b.bucket(BUCKET).key("match/a").ifMatch(tag), RequestBody.fromString("3")));
        assertThat(get("match/a").asUtf8String()).isEqualTo("2");
    }

    @Test
    void checksum_whenItIsNotTheBodys_isRefused() {
        String ofNothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

        assertStatus(
                400,
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("sum/a").checksumSHA256(ofNothing), RequestBody.fromString("x")));

        assertThatThrownBy(() -> get("sum/a")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void contentMd5_whenItIsNotTheBodys_isRefused() {
        assertStatus(
                400,
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("sum/b").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                        RequestBody.fromString("x")));
    }

    @Test
    void list_byPrefix_pagesInKeyOrder() {
        for (int i = 0; i < 12; i++) {
            put("list/" + (char) ('a' + i), "x");
        }

        List<String> keys =
                s3.listObjectsV2Paginator(b -> b.bucket(BUCKET).prefix("list/").maxKeys(5)).contents().stream()
                        .map(S3Object::key)
                        .toList();

        assertThat(keys)
                .containsExactlyElementsOf(IntStream.range(0, 12)
                        .mapToObj(i -> "list/" + (char) ('a' + i))
                        .toList());
    }

    @Test
    void object_whenDeleted_isGoneFromTheFolder() {
        put("gone/a.gz", "x");

        s3.deleteObject(b -> b.bucket(BUCKET).key("gone/a.gz"));

        assertThat(folder.resolve(BUCKET).resolve("gone/a.gz")).doesNotExist();
        assertThatThrownBy(() -> get("gone/a.gz")).isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void multipart_whenUnfinished_isInvisibleAndThenWhole() throws IOException {
        String key = "parts/2026/p.gz";
        String upload = s3.createMultipartUpload(
                        b -> b.bucket(BUCKET).key(key).contentEncoding("gzip").metadata(Map.of("a", "b")))
                .uploadId();
        byte[] first = new byte[5 << 20];
        String one = uploadPart(key, upload, 1, first);
        String two = uploadPart(key, upload, 2, "tail".getBytes(StandardCharsets.US_ASCII));

        assertThat(gzFiles("**/p.gz")).isEmpty();

        s3.completeMultipartUpload(b -> b.bucket(BUCKET)
                .key(key)
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(m -> m.parts(part(1, one), part(2, two))));

        assertThat(gzFiles("**/p.gz")).containsExactly(folder.resolve(BUCKET).resolve(key));
        assertThat(get(key).asByteArray()).hasSize(first.length + 4).endsWith('t', 'a', 'i', 'l');
        assertThat(get(key).response().contentEncoding()).isEqualTo("gzip");
        assertThat(get(key).response().metadata()).isEqualTo(Map.of("a", "b"));
        assertThat(folder.resolve(BUCKET).toFile().list((dir, name) -> name.contains("mpu")))
                .isEmpty();
    }

    @Test
    void object_whileItIsWritten_isInvisibleUnderAGlob() throws Exception {
        int size = 4 << 20;
        HalfwayBody body = new HalfwayBody(size);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> put = thread.submit(() -> s3.putObject(
                b -> b.bucket(BUCKET).key("slow/2026/s.gz"),
                RequestBody.fromContentProvider(() -> body, size, "application/octet-stream")));
        try {
            assertThat(body.reachedHalf.await(20, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().until(() -> Files.exists(folder.resolve(BUCKET).resolve("slow/2026")));

            assertThat(gzFiles("**/s.gz")).isEmpty();
            assertThat(gzFiles("**/*.gz")).noneMatch(p -> p.toString().contains("slow"));
        } finally {
            body.mayEnd.countDown();
        }
        put.get(30, TimeUnit.SECONDS);
        thread.shutdown();
        assertThat(gzFiles("**/s.gz")).hasSize(1).allSatisfy(p -> assertThat(p).hasSize(size));
    }

    private static void put(String key, String body) {
        s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(body));
    }

    private static boolean putIfAbsent(String key, String body) {
        try {
            s3.putObject(b -> b.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(body));
            return true;
        } catch (S3Exception e) {
            assertThat(e.statusCode()).isEqualTo(412);
            return false;
        }
    }

    private static ResponseBytes<GetObjectResponse> get(String key) {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key));
    }

    private static String uploadPart(String key, String upload, int number, byte[] body) {
        return s3.uploadPart(
                        b -> b.bucket(BUCKET).key(key).uploadId(upload).partNumber(number), RequestBody.fromBytes(body))
                .eTag();
    }

    private static CompletedPart part(int number, String tag) {
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static List<Path> gzFiles(String glob) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(folder.getFileSystem().getPathMatcher("glob:" + glob)::matches)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static void assertStatus(int status, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode())
                .isEqualTo(status));
    }

    /** Gives its first half, and the second only when it may. */
    private static final class HalfwayBody extends InputStream {
        private final CountDownLatch reachedHalf = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final InputStream bytes;

        HalfwayBody(int size) {
            bytes = new ByteArrayInputStream(new byte[size]);
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (bytes.available() <= (4 << 20) / 2) {
                reachedHalf.countDown();
                try {
                    if (!mayEnd.await(30, TimeUnit.SECONDS)) {
                        throw new IOException("nobody let it end");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
            return bytes.read(into, from, Math.min(length, 64 << 10));
        }
    }
}
