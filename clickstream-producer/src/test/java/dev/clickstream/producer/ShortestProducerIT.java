package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.local.kinesis.ThroughputLimits;
import org.junit.jupiter.api.Test;

/** What the README shows works as it stands there. */
class ShortestProducerIT {

    @Test
    void shortestProducer_whenRun_deliversItsEvent() {
        try (LocalStream stream = new LocalStream(1, ThroughputLimits.ENFORCED)) {
            Receipt receipt = ShortestProducer.send(stream.client());

            assertThat(receipt.shardId()).isEqualTo("shardId-000000000000");
            assertThat(stream.records(receipt.shardId())).singleElement().satisfies(record -> {
                assertThat(record.sequenceNumber()).isEqualTo(receipt.sequenceNumber());
                assertThat(record.partitionKey()).isEqualTo("visitor-1");
                assertThat(record.data().asUtf8String())
                        .contains("\"event_name\":\"add_to_cart\"", "\"producer_sequence\":1}");
            });
        }
    }
}
