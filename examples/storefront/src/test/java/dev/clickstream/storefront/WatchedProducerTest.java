package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.DeliveryReport;
import dev.clickstream.producer.ProducerHealth;
import dev.clickstream.producer.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WatchedProducerTest {

    private final WaitingProducer waiting = new WaitingProducer();
    private final EventCounts told = new EventCounts();
    private final WatchedProducer producer = new WatchedProducer(waiting, told);

    /** One that has not sent anything yet. */
    private static final class WaitingProducer implements ClickstreamProducer {
        private final List<CompletableFuture<Receipt>> receipts = new ArrayList<>();

        @Override
        public CompletableFuture<Receipt> send(ClickEvent event) {
            receipts.add(new CompletableFuture<>());
            return receipts.get(receipts.size() - 1);
        }

        @Override
        public Optional<CompletableFuture<Receipt>> trySend(ClickEvent event) {
            return receipts.size() < 3 ? Optional.of(send(event)) : Optional.empty();
        }

        @Override
        public ProducerHealth health() {
            return new ProducerHealth(true, null, Duration.ZERO, 0);
        }

        @Override
        public DeliveryReport flush() {
            return close(Duration.ZERO);
        }

        @Override
        public DeliveryReport close(Duration timeout) {
            return new DeliveryReport(0, 0, 0, 0, 0);
        }

        @Override
        public void close() {
            close(Duration.ZERO);
        }
    }

    private void send(String name, String visitor) {
        CompletableFuture<Receipt> unused =
                producer.send(ClickEvent.builder(name).userPseudoId(visitor).build());
    }

    @Test
    void events_areCountedWhenTheyAreSent_andWaitUntilTheyEnd() {
        send("purchase", "anna");
        send("login", "anna");
        send("purchase", "ben");

        assertThat(told.byName()).isEqualTo(Map.of("purchase", 2L, "login", 1L));
        assertThat(told.total()).isEqualTo(3);
        assertThat(producer.waitingHashKeys()).hasSize(3);

        waiting.receipts.get(0).complete(null);
        waiting.receipts.get(2).completeExceptionally(new IllegalStateException("failed on purpose"));

        assertThat(producer.waitingHashKeys()).containsExactly(WatchedProducer.hashKey("anna"));
    }

    @Test
    void eventsThatAreNotTaken_areNotCounted() {
        ClickEvent event = ClickEvent.builder("login").userPseudoId("anna").build();
        for (int i = 0; i < 5; i++) {
            assertThat(producer.trySend(event).isPresent()).isEqualTo(i < 3);
        }

        assertThat(told.total()).isEqualTo(3);
        assertThat(producer.waitingHashKeys()).hasSize(3);
    }

    /** As in the Kinesis documentation: the MD5 of the key. */
    @Test
    void hashKey_isTheMd5OfTheKey() {
        assertThat(WatchedProducer.hashKey("")).hasToString("281949768489412648962353822266799178366");
    }
}
