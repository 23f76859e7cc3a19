package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.QuickKcl;
import dev.clickstream.local.kinesis.Fault;
import dev.clickstream.local.kinesis.LocalKinesis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Producer to KCL over sockets, while shards are split and merged, entries fail and answers get lost. */
class KclRoundTripIT {

    private static final String STREAM = "clicks";
    private static final int VISITORS = 300;
    private static final int ROUNDS = 20;
    private static final int EVENTS = VISITORS * ROUNDS;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void events_throughSplitsMergesAndFaults_areReadInOrderPerVisitor() throws InterruptedException {
        LocalKinesis.Builder stream = LocalKinesis.builder().stream(STREAM, 3);
        try (LocalAws aws = LocalAws.builder().kinesis(stream).start()) {
            KinesisAsyncClient client = aws.clients().kinesis();
            QuickKcl.prepareLeases(aws.clients().dynamoDb(), client, "reader", STREAM);
            aws.kinesis()
                    .faults(
                            11,
                            Fault.throttling().on("PutRecords").share(0.1),
                            Fault.internalFailure().on("PutRecords").share(0.05),
                            Fault.lostAnswer().on("PutRecords").probability(0.03),
                            Fault.lateRequest(Duration.ofMillis(300))
                                    .on("PutRecords")
                                    .probability(0.03),
                            Fault.split().on("PutRecords").calls(2, 2),
                            Fault.split().on("PutRecords").calls(5, 5),
                            Fault.split().on("PutRecords").calls(9, 9));
            try (ReadingWorker worker = new ReadingWorker(aws.clients(), "reader", STREAM).start()) {
                DeliveryReport report = send(client);

                assertThat(report).isEqualTo(new DeliveryReport(EVENTS, 0, 0, 0, 0));
                assertThat(wrongShard()).as("sent again after a split").isPositive();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(distinct(worker.read())).hasSize(EVENTS));
                assertInOrder(worker.read());
            }
        }
    }

    private DeliveryReport send(KinesisAsyncClient client) throws InterruptedException {
        ClickstreamProducer producer = ClickstreamProducer.builder(client, STREAM)
                .linger(Duration.ofMillis(10))
                .requestTimeout(Duration.ofSeconds(2))
                .meterRegistry(meters)
                .build();
        for (int round = 0; round < ROUNDS; round++) {
            for (int visitor = 0; visitor < VISITORS; visitor++) {
                var unused = producer.send(ClickEvent.builder("page_view")
                        .eventId(Integer.toString(round))
                        .userPseudoId("visitor-" + visitor)
                        .build());
            }
            if (round % 2 == 0) {
                producer.flush();
            }
            if (round == ROUNDS / 2) {
                List<Shard> open = open(client);
                merge(client, open.get(0), open.get(1));
            }
        }
        return producer.close(Duration.ofSeconds(60));
    }

    private static List<Shard> open(KinesisAsyncClient client) {
        return client.listShards(l -> l.streamName(STREAM)).join().shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .toList();
    }

    private static void merge(KinesisAsyncClient client, Shard one, Shard next) {
        client.mergeShards(m -> m.streamName(STREAM).shardToMerge(one.shardId()).adjacentShardToMerge(next.shardId()))
                .join();
    }

    private double wrongShard() {
        return meters.counter("clickstream.producer.wrong.shard", "stream", STREAM)
                .count();
    }

    private static Set<Long> distinct(List<ClickEvent> events) {
        Set<Long> sequences = new HashSet<>();
        events.forEach(event -> sequences.add(event.producerSequence()));
        return sequences;
    }

    private static void assertInOrder(List<ClickEvent> events) {
        Set<Long> seen = new HashSet<>();
        Map<String, Integer> next = new HashMap<>();
        for (ClickEvent event : events) {
            if (seen.add(event.producerSequence())) {
                int round = next.merge(event.userPseudoId(), 1, Integer::sum) - 1;
                assertThat(event.eventId()).as(event.userPseudoId()).isEqualTo(Integer.toString(round));
            }
        }
    }
}
