package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.producer.RecordingTransport.AnswerLosingTransport;
import dev.clickstream.producer.RecordingTransport.BrokenTransport;
import dev.clickstream.producer.RecordingTransport.FailingTransport;
import dev.clickstream.producer.RecordingTransport.HangingTransport;
import dev.clickstream.producer.RecordingTransport.ThrottlingTransport;
import dev.clickstream.producer.SendFailedException.Reason;
import dev.clickstream.producer.Transport.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendLoopTest {

    private static final Duration LONG = Workbench.DELIVERY_TIMEOUT.plus(Workbench.REQUEST_TIMEOUT);

    @Test
    void events_beforeLingerIsOver_areNotSent() {
        RecordingTransport transport = new RecordingTransport();
        Workbench bench = new Workbench(transport);
        bench.accept("a");
        bench.time.advance(Duration.ofMillis(30));
        bench.accept("b");

        assertThat(bench.loop.runOnce()).isEqualTo(Duration.ofMillis(70).toNanos());
        assertThat(transport.requests).isEmpty();

        bench.time.advance(Duration.ofMillis(70));
        bench.loop.runOnce();
        assertThat(transport.keys(0)).containsExactly("a", "b");
    }

    @Test
    void events_whenTheyFillARequest_areSentAtOnce() {
        RecordingTransport transport = new RecordingTransport();
        Workbench bench = new Workbench(transport);
        IntStream.range(0, Workbench.MAX_RECORDS + 1).forEach(i -> bench.accept("key-" + i));
        bench.loop.runOnce();

        assertThat(transport.requests).singleElement().satisfies(r -> assertThat(r)
                .hasSize(Workbench.MAX_RECORDS));
    }

    @Test
    void eventsOfOneKey_areNeverInOneRequest() {
        RecordingTransport transport = new RecordingTransport();
        Workbench bench = new Workbench(transport);
        List<CompletableFuture<Receipt>> futures =
                List.of(bench.send("a"), bench.send("a"), bench.send("b"), bench.send("a"));
        bench.run(Duration.ofMillis(200));

        assertThat(transport.requests).hasSize(3);
        assertThat(transport.keys(0)).containsExactly("a", "b");
        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThat(bench.memory.used()).isZero();
    }

    @Test
    void eventsOfOneKey_inNoOrder_goTogetherAndPassOneThatFailed() {
        RecordingTransport transport = new ThrottlingTransport("a", 1);
        Workbench bench = new Workbench(transport, 1 << 20, 0, Workbench.settings(false, Order.UNORDERED));
        List<CompletableFuture<Receipt>> futures = List.of(bench.send("a"), bench.send("a"), bench.send("b"));
        bench.run(Workbench.LINGER);

        assertThat(transport.requests).hasSize(1);
        assertThat(transport.keys(0)).containsExactly("a", "a", "b");
        bench.run(LONG);
        assertThat(transport.keys(1)).containsExactly("a");
        assertThat(transport.requests.get(1).get(0).data())
                .isEqualTo(transport.requests.get(0).get(0).data());
        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThat(bench.memory.used()).isZero();
    }

    @Test
    void eventsInNoOrder_goAlongWithTheFirstThatIsDue() {
        RecordingTransport transport = new RecordingTransport();
        Workbench bench = new Workbench(transport, 1 << 20, 0, Workbench.settings(false, Order.UNORDERED));
        for (String key : List.of("a", "b", "c")) {
            bench.accept(key);
            bench.run(Duration.ofMillis(30));
        }
        bench.run(Duration.ofMillis(10));

        assertThat(transport.requests).hasSize(1);
        assertThat(transport.keys(0)).containsExactly("a", "b", "c");
    }

    @Test
    void eventsInNoOrder_asManyAsARequestHolds_doNotLinger() {
        RecordingTransport transport = new RecordingTransport();
        Workbench bench = new Workbench(transport, 1 << 20, 0, Workbench.settings(false, Order.UNORDERED));
        for (int i = 0; i < Workbench.MAX_RECORDS; i++) {
            assertThat(transport.requests).isEmpty();
            bench.accept("a");
            bench.loop.runOnce();
        }

        assertThat(transport.requests).hasSize(1);
    }

    @Test
    void entry_whenThrottled_blocksItsKeyOnlyAndGoesAgainAlone() {
        RecordingTransport transport = new ThrottlingTransport("a", 3);
        Workbench bench = new Workbench(transport);
        CompletableFuture<Receipt> first = bench.send("a");
        CompletableFuture<Receipt> second = bench.send("a");
        CompletableFuture<Receipt> other = bench.send("b");
        CompletableFuture<Receipt> otherSecond = bench.send("b");
        bench.run(Workbench.LINGER);
        bench.loop.runOnce();

        assertThat(other).isCompleted();
        assertThat(otherSecond).isCompleted();
        assertThat(first).isNotDone();

        bench.run(Duration.ofSeconds(2));
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(transport.requests.stream().flatMap(List::stream).filter(e -> e.partitionKey()
                        .equals("b")))
                .hasSize(2);
        assertThat(bench.meters
                        .counter("clickstream.producer.throttled", "stream", "test")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void event_whenThrottledForTooLong_failsAsTimeoutAndTheNextGoesOn() {
        Workbench bench = new Workbench(new ThrottlingTransport("a", 1_000));
        CompletableFuture<Receipt> future = bench.send("a");
        bench.run(Workbench.DELIVERY_TIMEOUT);

        assertThat(reason(future)).isEqualTo(Reason.TIMEOUT);
        assertThat(failure(future))
                .hasMessageMatching(
                        "not accepted within PT5S: \\d+ attempts, last error ProvisionedThroughputExceededException");
        assertThat(bench.memory.used()).isZero();
        assertThat(bench.loop.isIdle()).isTrue();
    }

    @Test
    void request_whenItsAnswerIsLost_goesAgainWithTheSameBytes() {
        RecordingTransport transport = new AnswerLosingTransport(1);
        Workbench bench = new Workbench(transport);
        CompletableFuture<Receipt> future = bench.send("a");
        bench.run(Duration.ofSeconds(1));

        assertThat(future).isCompleted();
        assertThat(transport.requests).hasSize(2);
        assertThat(transport.requests.get(1).get(0).data())
                .isEqualTo(transport.requests.get(0).get(0).data());
    }

    @Test
    void event_whenNoAnswerComesInTime_isInDoubtAndWhatIsBehindFails() {
        Workbench bench = new Workbench(new HangingTransport());
        CompletableFuture<Receipt> first = bench.send("a");
        CompletableFuture<Receipt> second = bench.send("a");
        bench.run(LONG);

        assertThat(reason(first)).isEqualTo(Reason.IN_DOUBT);
        assertThat(reason(second)).isEqualTo(Reason.BEHIND_IN_DOUBT);
        assertThat(bench.outcomes.report()).isEqualTo(new DeliveryReport(0, 1, 1, 0, 0));
        assertThat(bench.memory.used()).isZero();
    }

    @Test
    void answer_afterItWasGivenUp_changesNothing() {
        HangingTransport transport = new HangingTransport();
        Workbench bench = new Workbench(transport);
        CompletableFuture<Receipt> future = bench.send("a");
        bench.run(LONG);
        transport.open.forEach(open -> open.complete(List.of()));
        bench.loop.runOnce();

        assertThat(reason(future)).isEqualTo(Reason.IN_DOUBT);
    }

    @Test
    void transport_whenItHangs_isAskedNoMoreThanTheRequestsInFlight() {
        HangingTransport transport = new HangingTransport();
        Workbench bench = new Workbench(transport);
        IntStream.range(0, 50).forEach(i -> bench.accept("key-" + i));
        bench.run(Workbench.LINGER);

        assertThat(transport.requests).hasSize(3);
    }

    @Test
    void event_whenNeverSentInTime_failsAsTimeoutAlthoughTheTransportHangs() {
        Workbench bench = new Workbench(new HangingTransport());
        List<CompletableFuture<Receipt>> futures =
                IntStream.range(0, 200).mapToObj(i -> bench.send("key-" + i)).toList();
        bench.run(LONG);

        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThat(futures).extracting(SendLoopTest::reason).contains(Reason.TIMEOUT, Reason.IN_DOUBT);
    }

    @Test
    void event_whenRejected_failsAtOnce() {
        Workbench bench = new Workbench(new FailingTransport(Failure.REJECTED));
        CompletableFuture<Receipt> future = bench.send("a");
        bench.run(Workbench.LINGER);

        assertThat(reason(future)).isEqualTo(Reason.REJECTED);
        assertThat(failure(future)).hasMessage("the service rejected it: 1 attempts, last error SomeException");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"THROTTLED", "UNREACHABLE"},
            value = Failure.class)
    void event_whenCertainlyNeverWritten_isNotInDoubt(Failure failure) {
        Workbench bench = new Workbench(new FailingTransport(failure));
        CompletableFuture<Receipt> future = bench.send("a");
        bench.run(LONG);

        assertThat(reason(future)).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void transport_whenItThrowsOrAnswersTooLittle_isAskedAgain() {
        RecordingTransport transport = new BrokenTransport();
        Workbench bench = new Workbench(transport);
        CompletableFuture<Receipt> future = bench.send("a");
        bench.run(Duration.ofSeconds(1));

        assertThat(future).isCompleted();
        assertThat(transport.requests).hasSize(3);
    }

    @Test
    void events_whenAbandoned_endAsWhatIsKnownOfThem() {
        Workbench bench = new Workbench(new HangingTransport());
        CompletableFuture<Receipt> sent = bench.send("a");
        CompletableFuture<Receipt> behind = bench.send("a");
        bench.run(Workbench.LINGER);
        CompletableFuture<Receipt> queued = bench.send("b");
        bench.loop.abandon();

        assertThat(reason(sent)).isEqualTo(Reason.IN_DOUBT);
        assertThat(reason(behind)).isEqualTo(Reason.ABANDONED);
        assertThat(reason(queued)).isEqualTo(Reason.ABANDONED);
        assertThat(bench.outcomes.report()).isEqualTo(new DeliveryReport(0, 0, 1, 2, 0));
        assertThat(bench.memory.used()).isZero();
        assertThat(bench.loop.isIdle()).isTrue();
    }

    @Test
    void flush_sendsWithoutLinger() {
        RecordingTransport transport = new RecordingTransport();
        Workbench bench = new Workbench(transport);
        bench.accept("a");
        CompletableFuture<Void> flushed = bench.barriers.flush();
        assertThat(flushed).isNotDone();
        bench.loop.runOnce();
        bench.loop.runOnce();

        assertThat(flushed).isCompleted();
        assertThat(bench.barriers.flushing()).isFalse();
    }

    static Reason reason(CompletableFuture<Receipt> future) {
        assertThat(future).isCompletedExceptionally();
        return failure(future).reason();
    }

    private static SendFailedException failure(CompletableFuture<Receipt> future) {
        return future.handle((receipt, error) -> (SendFailedException) error).join();
    }
}
