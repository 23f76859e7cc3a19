package dev.clickstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.kinesis.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class RedriveCommandIT {
    private static LocalAws aws;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        aws = LocalAws.start();
        aws.kinesis().faults(1, Fault.throttling().on("PutRecords").stream("full"));
    }

    @AfterAll
    static void close() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        aws.close();
    }

    private static void stream(String name) {
        aws.clients()
                .kinesis()
                .createStream(c -> c.streamName(name).shardCount(1))
                .join();
    }

    private int redrive(String stream, String... sourceAndCodes) throws IOException {
        Path file = Files.writeString(
                directory.resolve("worker.json"),
                """
                {"application": "a", "stream": "%s", "bucket": "b", "transform": "PASS_THROUGH", "region": "us-east-1",
                 "redrive_timeout_seconds": 1, "kinesis_endpoint": "%s", "dynamodb_endpoint": "%s", "s3_endpoint": "%s"}
                """
                        .formatted(stream, aws.kinesisEndpoint(), aws.dynamoDbEndpoint(), aws.s3Endpoint()));
        List<String> args = new ArrayList<>(List.of(file.toString()));
        args.addAll(Arrays.asList(sourceAndCodes));
        out.reset();
        err.reset();
        return RedriveCommand.run(args, Map.of(), new PrintStream(out, true), new PrintStream(err, true));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String line(String data, String code) {
        return "{\"rawData\":\""
                + Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8))
                + "\",\"errorCode\":\"" + code + "\",\"errorMessage\":\"secret\"}\n";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> records(String stream) {
        var kinesis = aws.clients().kinesis();
        String iterator = kinesis.getShardIterator(r -> r.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .join()
                .shardIterator();
        return kinesis.getRecords(r -> r.shardIterator(iterator)).join().records().stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    @Test
    void objectsOfS3_areSent_andStayAsTheyAre() throws Exception {
        stream("from-s3");
        var s3 = aws.clients().s3();
        s3.createBucket(b -> b.bucket("lake"));
        for (int i = 0; i < 3; i++) {
            String key = "errors/processing-failed/" + i + ".gz";
            byte[] body = gzip(line("a" + i, "Lambda.FunctionError") + line("b" + i, "Other"));
            s3.putObject(p -> p.bucket("lake").key(key), RequestBody.fromBytes(body));
        }
        s3.putObject(p -> p.bucket("lake").key("elsewhere/1"), RequestBody.fromString(line("no", "Other")));

        assertThat(redrive("from-s3", "s3://lake/errors/")).as(err()).isZero();

        assertThat(records("from-s3")).containsExactlyInAnyOrder("a0", "b0", "a1", "b1", "a2", "b2");
        assertThat(out())
                .contains("s3://lake/errors/processing-failed/1.gz: 2 records sent\n")
                .contains("6 records of 3 objects are sent to from-s3. Objects stay as they are.")
                .contains("event_id", "x-edge-request-id")
                .doesNotContain("secret");
        assertThat(err()).isEmpty();
        assertThat(s3.listObjectsV2(l -> l.bucket("lake").prefix("errors/")).contents())
                .hasSize(3);
    }

    @Test
    void folder_isSentByCode() throws Exception {
        stream("from-folder");
        Path folder = Files.createDirectories(directory.resolve("errors/2026"));
        Files.writeString(folder.resolve("1"), line("a", "One") + line("b", "Two") + line("c", "Three"));

        assertThat(redrive("from-folder", folder.getParent().toString(), "One", "Three"))
                .isZero();

        assertThat(records("from-folder")).containsExactlyInAnyOrder("a", "c");
        assertThat(out()).contains("1: 2 records sent, 1 of other codes left out\n");
    }

    @Test
    void whatCannotBeRead_isTold_andTheRestIsSent() throws Exception {
        stream("from-ruins");
        Path folder = Files.createDirectories(directory.resolve("ruins"));
        byte[] whole = gzip(line("lost", "c") + line("lost", "c"));
        Files.write(folder.resolve("1-cut.gz"), Arrays.copyOf(whole, 12));
        Files.writeString(folder.resolve("2"), line("a", "c") + "secret\n{}\n" + line("b", "c"));

        assertThat(redrive("from-ruins", folder.toString())).isEqualTo(1);

        assertThat(records("from-ruins")).containsExactlyInAnyOrder("a", "b");
        assertThat(err())
                .contains("1-cut.gz: cannot be read further: EOFException")
                .contains("2: 2 lines are no records, the first is line 2: not JSON, at column 1")
                .doesNotContain("secret");
    }

    @Test
    void streamThatTakesNothing_isGivenUp() throws Exception {
        stream("full");
        Path file = Files.writeString(directory.resolve("errors.jsonl"), line("a", "c"));

        assertThat(redrive("full", file.toString())).isEqualTo(1);

        assertThat(err())
                .contains("errors.jsonl: 1 records were not sent, or not known to be, within PT1S;"
                        + " this, and what comes after, is not all sent");
        assertThat(out()).contains("0 records of 0 objects are sent to full.");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://not-there/x,s3://not-there/x cannot be read: NoSuchBucketException",
        "not/there,not/there cannot be read: NoSuchFileException",
        "empty,empty: nothing is there"
    })
    void sourceThatIsNotThere_isToldInOneLine(String source, String message) throws Exception {
        Path empty = Files.createDirectories(directory.resolve("empty"));

        assertThat(redrive("s", source.equals("empty") ? empty.toString() : source))
                .isEqualTo(2);

        assertThat(err()).startsWith("delivery-worker: ").contains(message).hasLineCount(1);
    }

    @Test
    void help_isTold() throws Exception {
        assertThat(redrive("s", "--help")).isZero();
        assertThat(out()).startsWith("delivery-worker redrive CONFIGURATION.json SOURCE [ERROR_CODE...]");
    }

    @Test
    void wrongArguments_areTold() throws Exception {
        assertThat(redrive("s")).isEqualTo(2);
        assertThat(err()).startsWith("delivery-worker: a configuration file and a source are wanted: ");
        assertThat(redrive("a/b", "x")).isEqualTo(2);
        assertThat(err())
                .contains("worker.json, stream: a name without slashes is wanted, not 'a/b'")
                .hasLineCount(1);
    }
}
