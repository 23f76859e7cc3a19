package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.kinesis.ThroughputLimits;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that say themselves where they belong. */
class ExplicitHashKeyIT {

    private static final int EVENTS = 200;

    /** All visitors to the very end of the hash keys. */
    private static final PartitionKey LAST = new PartitionKey() {
        @Override
        public String of(ClickEvent event) {
            return PartitionKeys.BY_VISITOR.of(event);
        }

        @Override
        public BigInteger explicitHashKey(ClickEvent event) {
            return BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
        }
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void events_withAHashKeyOfTheirOwn_areInItsShardAndReadByKcl(boolean aggregation) {
        try (LocalStream stream = new LocalStream(3, ThroughputLimits.OFF)) {
            ClickstreamProducer producer = ClickstreamProducer.builder(stream.client(), LocalStream.NAME)
                    .partitionKey(LAST)
                    .aggregation(aggregation)
                    .build();
            List<CompletableFuture<Receipt>> sent = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                sent.add(producer.send(ClickEvent.builder("page_view")
                        .userPseudoId("visitor-" + i)
                        .build()));
            }
            assertThat(producer.close(Duration.ofSeconds(20)).delivered()).isEqualTo(EVENTS);

            assertThat(sent).extracting(f -> f.join().shardId()).containsOnly("shardId-000000000002");
            assertThat(stream.events()).hasSize(EVENTS);
        }
    }
}
