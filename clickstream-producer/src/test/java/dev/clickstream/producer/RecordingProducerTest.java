package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.SendFailedException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordingProducerTest {

    private static ClickEvent event(String visitor) {
        return ClickEvent.builder("view_item").userPseudoId(visitor).build();
    }

    @Test
    void checkout_sendsItsEvents() {
        RecordingProducer producer = new RecordingProducer();

        checkout(producer); // the code under test

        assertThat(producer.events()).extracting(ClickEvent::eventName).containsExactly("begin_checkout", "purchase");
    }

    private static void checkout(ClickstreamProducer producer) {
        for (String name : new String[] {"begin_checkout", "purchase"}) {
            producer.send(ClickEvent.builder(name).userPseudoId("visitor-1").build())
                    .join();
        }
    }

    @Test
    void events_areKeptInOrder_untilCleared() {
        RecordingProducer producer = new RecordingProducer();
        Receipt first = producer.send(event("a")).join();
        Receipt second = producer.send(event("b")).join();
        assertThat(first).isNotEqualTo(second);
        assertThat(producer.events()).extracting(ClickEvent::userPseudoId).containsExactly("a", "b");
        producer.clear();
        producer.send(event("c")).join();
        assertThat(producer.events()).extracting(ClickEvent::userPseudoId).containsExactly("c");
        assertThat(producer.flush()).isEqualTo(new DeliveryReport(3, 0, 0, 0, 0));
    }

    @Test
    void trySend_isAsSend_orFindsNoRoomIfAskedTo() {
        RecordingProducer producer =
                new RecordingProducer(event -> event.eventName().equals("keyless") ? "" : "k");
        producer.failNext(Reason.BUFFER_FULL, 1);
        assertThat(producer.trySend(event("a"))).isEmpty();
        producer.failNext(Reason.DROPPED, 1);
        assertThat(producer.trySend(
                        ClickEvent.builder("keyless").userPseudoId("a").build()))
                .get()
                .satisfies(sent -> assertThat(SendLoopTest.reason(sent)).isEqualTo(Reason.INVALID_KEY));
        assertThat(producer.trySend(event("a"))).isEmpty();
        assertThat(producer.flush().refused()).isEqualTo(1);
        assertThat(producer.trySend(event("b"))).get().satisfies(sent -> assertThat(sent)
                .isCompleted());
        assertThat(producer.events()).extracting(ClickEvent::userPseudoId).containsExactly("b");
        assertThat(producer.health()).isEqualTo(new ProducerHealth(true, null, Duration.ZERO, 0));
        producer.close();
        assertThat(producer.health().accepting()).isFalse();
    }

    @Test
    void failures_areThoseAskedFor_andThoseOfARealOne() {
        RecordingProducer producer =
                new RecordingProducer(event -> event.eventName().equals("keyless") ? "" : "k");
        producer.failNext(Reason.IN_DOUBT, 2);
        assertThat(SendLoopTest.reason(producer.send(event("a")))).isEqualTo(Reason.IN_DOUBT);
        assertThat(SendLoopTest.reason(producer.send(event("a")))).isEqualTo(Reason.IN_DOUBT);
        assertThat(producer.send(event("a"))).isCompleted();
        producer.failNext(Reason.TIMEOUT, 1);
        assertThat(SendLoopTest.reason(producer.send(event("a")))).isEqualTo(Reason.TIMEOUT);
        assertThat(SendLoopTest.reason(producer.send(
                        ClickEvent.builder("keyless").userPseudoId("a").build())))
                .isEqualTo(Reason.INVALID_KEY);
        producer.close();
        assertThat(SendLoopTest.reason(producer.send(event("a")))).isEqualTo(Reason.CLOSED);
        assertThat(producer.close(Duration.ZERO)).isEqualTo(new DeliveryReport(1, 1, 2, 0, 2));
        assertThat(producer.events()).hasSize(1);
        assertThatThrownBy(() -> producer.failNext(Reason.TIMEOUT, -1))
                .hasMessage("count must not be negative, was -1");
    }
}
