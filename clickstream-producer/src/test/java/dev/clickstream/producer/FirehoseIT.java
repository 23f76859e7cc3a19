package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.kinesis.Fault;
import dev.clickstream.local.kinesis.LocalKinesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;

/** Over real sockets, against a delivery stream that fails some. */
class FirehoseIT {

    private static final int EVENTS = 3_000;

    @Test
    void events_withPartialFailuresAndThrottling_areAllDeliveredOnce() {
        try (LocalKinesis firehose = start()) {
            firehose.faults(
                    5,
                    Fault.throttling().on("PutRecordBatch").share(0.5).calls(1, 6),
                    Fault.throttling().on("PutRecordBatch").calls(7, 7));
            List<CompletableFuture<Receipt>> sent = new ArrayList<>();
            DeliveryReport report;
            try (FirehoseAsyncClient client = client(firehose)) {
                report = sendAll(client, sent, true);
            }

            assertThat(report).isEqualTo(new DeliveryReport(EVENTS, 0, 0, 0, 0));
            assertThat(sent).allMatch(f -> !f.join().sequenceNumber().isEmpty());
            List<byte[]> records = firehose.deliveredRecords("clicks");
            assertThat(records).hasSizeLessThan(EVENTS / 20);
            assertThat(events(records)).hasSize(EVENTS).doesNotHaveDuplicates();
        }
    }

    @Test
    void events_withoutAggregation_areRecordsOfALine() {
        try (LocalKinesis firehose = start();
                FirehoseAsyncClient client = client(firehose)) {
            DeliveryReport report = sendAll(client, new ArrayList<>(), false);

            assertThat(report).isEqualTo(new DeliveryReport(EVENTS, 0, 0, 0, 0));
            List<byte[]> records = firehose.deliveredRecords("clicks");
            assertThat(records).hasSize(EVENTS);
            assertThat(events(records)).hasSize(EVENTS).doesNotHaveDuplicates();
        }
    }

    private static LocalKinesis start() {
        return LocalKinesis.builder().deliveryStream("clicks").start();
    }

    private static FirehoseAsyncClient client(LocalKinesis firehose) {
        return LocalStream.settings(FirehoseAsyncClient.builder(), firehose.endpoint())
                .build();
    }

    private static DeliveryReport sendAll(
            FirehoseAsyncClient client, List<CompletableFuture<Receipt>> sent, boolean aggregation) {
        ClickstreamProducer producer = ClickstreamProducer.builder(client, "clicks")
                .aggregation(aggregation)
                .linger(Duration.ofMillis(5))
                .build();
        for (int i = 0; i < EVENTS; i++) {
            sent.add(producer.send(ClickEvent.builder("page_view")
                    .eventId("event-" + i)
                    .userPseudoId("visitor")
                    .property("filler", "x".repeat(200))
                    .build()));
        }
        return producer.close(Duration.ofSeconds(30));
    }

    private static List<String> events(List<byte[]> records) {
        return records.stream()
                .flatMap(record -> {
                    assertThat(record[record.length - 1]).isEqualTo((byte) '\n');
                    return new String(record, UTF_8).lines();
                })
                .map(line -> ClickEvent.fromJson(line.getBytes(UTF_8)).eventId())
                .toList();
    }
}
