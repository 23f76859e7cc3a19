package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.consumer.s3.ErrorLine;
import dev.clickstream.consumer.s3.ErrorReader;
import dev.clickstream.consumer.s3.S3Sink;
import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.kinesis.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What a transform could not process is sent again, and delivered by a better one. */
class RedriveIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static LocalAws aws;
    private static LocalClients clients;

    @BeforeAll
    static void start() {
        aws = LocalAws.start();
        clients = aws.clients();
        aws.kinesis()
                .faults(
                        5,
                        Fault.throttling().on("PutRecords").stream("partial").share(0.3),
                        Fault.unavailable().on("PutRecords").stream("partial").calls(2, 3),
                        Fault.internalFailure().on("PutRecords").stream("never"));
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    private static List<Record> records(String stream) {
        List<Record> records = new ArrayList<>();
        for (Shard shard :
                clients.kinesis().listShards(r -> r.streamName(stream)).join().shards()) {
            String iterator = clients.kinesis()
                    .getShardIterator(r -> r.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .join()
                    .shardIterator();
            GetRecordsResponse read;
            do {
                String next = iterator;
                read = clients.kinesis().getRecords(r -> r.shardIterator(next)).join();
                records.addAll(read.records());
                iterator = read.nextShardIterator();
            } while (!read.records().isEmpty());
        }
        return records;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Redrive to(String stream) {
        return Redrive.to(clients.kinesis(), stream, LONG);
    }

    @Test
    void failedRecords_areDeliveredByABetterTransform_afterTheyAreSentAgain() throws Exception {
        TestStream stream = new TestStream(clients, "redrive", 2).prepare("redrive-app");
        Bucket bucket = new Bucket(clients.s3(), "redrive");
        stream.put(60);
        AtomicBoolean isMended = new AtomicBoolean();
        try (ClickstreamWorker worker = stream.worker("redrive-app")
                .transform(record -> isMended.get() || record.data()[record.data().length - 1] != '7'
                        ? List.of(new Outcome.Ok(record.data()))
                        : List.of(new Outcome.Failed("Seven", "it ends with 7")))
                .sink(S3Sink.builder(clients.s3(), "redrive")
                        .prefix("rows/!{timestamp:HH}/")
                        .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                        .build())
                .bufferingInterval(Duration.ofMillis(200))
                .build()
                .start()) {
            await(() -> worker.counts().records() == 60);
            assertThat(bucket.allLines("rows/")).hasSize(54);
            isMended.set(true);

            assertThat(sendAgain(bucket.keys("errors/processing-failed/"))).isEqualTo(6);
            await(() -> worker.counts().records() == 66);
        }
        assertThat(bucket.allLines("rows/")).containsExactlyInAnyOrderElementsOf(stream.all());
        assertThat(bucket.allLines("errors/")).hasSize(6);
    }

    private static long sendAgain(List<String> keys) throws Exception {
        Redrive redrive = to("redrive");
        for (String key : keys) {
            try (ErrorReader reader = ErrorReader.of(
                    clients.s3().getObject(g -> g.bucket("redrive").key(key)))) {
                for (ErrorLine line = reader.next(); line != null; line = reader.next()) {
                    redrive.add(((ErrorLine.Failed) line).data());
                }
            }
        }
        redrive.flush();
        return redrive.sent();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(40))
                .until(condition);
    }

    @Test
    void partialFailures_areSentAgain_andNothingElse() throws Exception {
        new TestStream(clients, "partial", 2);
        Redrive redrive = to("partial");
        List<String> all =
                IntStream.range(0, 1_200).mapToObj(i -> "record " + i).toList();

        for (String text : all) {
            redrive.add(bytes(text));
        }
        redrive.flush();

        assertThat(redrive.sent()).isEqualTo(1_200);
        assertThat(records("partial"))
                .extracting(r -> r.data().asUtf8String())
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void partitionKey_isTheVisitorOfAnEvent_orARandomUuid() throws Exception {
        new TestStream(clients, "keys", 1);
        Redrive redrive = to("keys");
        redrive.add(ClickEvent.builder("page_view")
                .userId("user")
                .userPseudoId("device")
                .build()
                .toJson());
        redrive.add(ClickEvent.builder("page_view").userId("user").build().toJson());
        redrive.add(bytes("{\"user_pseudo_id\":\"no event\"}"));
        redrive.add(bytes("a line"));
        redrive.add(new byte[0]);
        redrive.flush();

        List<String> keys = records("keys").stream().map(Record::partitionKey).toList();
        assertThat(keys.subList(0, 2)).containsExactly("device", "user");
        Set<String> random = new HashSet<>(keys.subList(2, 5));
        assertThat(random).hasSize(3).allMatch(key -> key.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    }

    @Test
    void recordLargerThanTheStreamAllows_isPassedOver_andTheRestIsSent() throws Exception {
        new TestStream(clients, "large", 1);
        Redrive redrive = to("large");
        redrive.add(bytes("before"));
        redrive.add(new byte[1024 * 1024 + 1]);
        redrive.add(bytes("after"));
        redrive.flush();

        assertThat(redrive.refused()).isEqualTo(1);
        assertThat(redrive.sent()).isEqualTo(2);
        assertThat(records("large")).extracting(r -> r.data().asUtf8String()).containsExactly("before", "after");
    }

    @Test
    void streamThatTakesNothing_isGivenUpInTime() throws Exception {
        new TestStream(clients, "never", 1);
        Redrive redrive = Redrive.to(clients.kinesis(), "never", Duration.ofMillis(700));
        redrive.add(bytes("a"));
        redrive.add(bytes("b"));

        assertThatThrownBy(redrive::flush)
                .isInstanceOf(TimeoutException.class)
                .hasMessage("2 records were not sent, or not known to be, within PT0.7S");
        assertThat(redrive.sent()).isZero();
    }

    @Test
    void streamThatIsNotThere_isToldAtOnce() throws Exception {
        Redrive redrive = to("nowhere");
        redrive.add(bytes("a"));

        assertThatThrownBy(redrive::flush).isInstanceOf(ResourceNotFoundException.class);
    }
}
