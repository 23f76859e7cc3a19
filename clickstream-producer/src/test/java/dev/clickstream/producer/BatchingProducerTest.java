package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.ClickEventBuilder;
import dev.clickstream.producer.RecordingTransport.HangingTransport;
import dev.clickstream.producer.SendFailedException.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The producer with its threads, on the system's time. */
@Timeout(30)
class BatchingProducerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Five fillers and little more. */
    private static final int MEMORY = 82_000;

    private ClickstreamProducer producer;

    @AfterEach
    void end() {
        producer.close(Duration.ZERO);
    }

    @Test
    void close_deliversWhatLingers() {
        producer = producer(new RecordingTransport(), Overflow.FAIL);
        List<CompletableFuture<Receipt>> futures =
                IntStream.range(0, 100).mapToObj(i -> send("key-" + i % 7)).toList();

        assertThat(producer.close(LONG)).isEqualTo(new DeliveryReport(100, 0, 0, 0, 0));
        assertThat(futures).allMatch(f -> f.isDone() && !f.isCompletedExceptionally());
        assertThat(producer.close(LONG)).isEqualTo(new DeliveryReport(100, 0, 0, 0, 0));
    }

    @Test
    void close_whenTheStreamHangs_isBoundedAndTells() {
        HangingTransport transport = new HangingTransport();
        producer = producer(transport, Overflow.FAIL);
        List<CompletableFuture<Receipt>> futures = List.of(send("a"), send("a"));

        assertThat(producer.close(Duration.ofMillis(50))).isEqualTo(new DeliveryReport(0, 0, 1, 1, 0));
        assertThat(futures).extracting(SendLoopTest::reason).containsExactly(Reason.IN_DOUBT, Reason.ABANDONED);
    }

    @Test
    void close_withAnyTimeoutButANegativeOne_isFine() {
        producer = producer(new RecordingTransport(), Overflow.FAIL);

        assertThatThrownBy(() -> producer.close(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must not be negative, was PT-0.001S");
        assertThat(producer.close(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(new DeliveryReport(0, 0, 0, 0, 0));
    }

    @Test
    void close_whenInterrupted_endsAtOnceAndKeepsTheFlag() {
        producer = producer(new HangingTransport(), Overflow.FAIL);
        CompletableFuture<Receipt> future = send("a");
        Thread.currentThread().interrupt();
        producer.close(LONG);

        assertThat(Thread.interrupted()).isTrue();
        await().atMost(LONG).until(future::isDone);
    }

    @Test
    void close_inACallback_doesNotWaitForItself() {
        producer = producer(new RecordingTransport(), Overflow.FAIL);
        CompletableFuture<DeliveryReport> report = send("a").thenApply(receipt -> producer.close(LONG));

        assertThat(report.join()).isEqualTo(new DeliveryReport(1, 0, 0, 0, 0));
    }

    @Test
    void send_afterClose_isRefused() {
        producer = producer(new RecordingTransport(), Overflow.BLOCK);
        producer.close(LONG);

        assertThat(SendLoopTest.reason(send("a"))).isEqualTo(Reason.CLOSED);
        assertThat(producer.close(LONG)).isEqualTo(new DeliveryReport(0, 0, 0, 0, 1));
    }

    @Test
    void flush_waitsForAllFuturesAndTells() throws InterruptedException {
        producer = producer(new RecordingTransport(), Overflow.FAIL);
        CompletableFuture<Receipt> future = send("a");

        assertThat(producer.flush()).isEqualTo(new DeliveryReport(1, 0, 0, 0, 0));
        assertThat(future).isCompleted();
        assertThat(producer.flush()).isEqualTo(new DeliveryReport(1, 0, 0, 0, 0));
    }

    @Test
    void flush_inACallback_isRefused() {
        producer = producer(new RecordingTransport(), Overflow.FAIL);
        CompletableFuture<?> future = send("a").thenAccept(receipt -> assertThatThrownBy(producer::flush)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("flush would wait for the thread that it is called on"));

        future.join();
    }

    @Test
    void futures_completeOnANamedDaemonThreadWithTheirMemoryGivenBack() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        producer = producer(new RecordingTransport(), Overflow.FAIL, meters);
        AtomicReference<Double> used = new AtomicReference<>();
        Thread thread = send("a")
                .thenApply(receipt -> {
                    used.set(meters.get("clickstream.producer.buffer.bytes")
                            .gauge()
                            .value());
                    return Thread.currentThread();
                })
                .join();

        // Either the callback was hung on in time or it ran here.
        assertThat(thread.getName())
                .isIn(
                        "clickstream-producer-clicks-completions",
                        Thread.currentThread().getName());
        assertThat(used.get()).isZero();
    }

    @Test
    void send_whenFullAndBlocking_waitsForRoom() throws InterruptedException {
        HangingTransport transport = new HangingTransport();
        producer = producer(transport, Overflow.BLOCK);
        fill();
        CountDownLatch sent = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            var unused = producer.send(filler());
            sent.countDown();
        });
        caller.start();
        await().atMost(LONG).until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        await().atMost(LONG).until(() -> !transport.open.isEmpty());
        transport
                .open
                .get(0)
                .completeExceptionally(new Transport.RequestFailedException(
                        Transport.Failure.REJECTED, "SomeException", new RuntimeException()));

        sent.await();
        assertThat(producer.close(Duration.ZERO).refused()).isZero();
    }

    @Test
    void send_whenFullInACallback_failsAtOnce() {
        HangingTransport transport = new HangingTransport();
        producer = producer(transport, Overflow.BLOCK);
        CompletableFuture<Receipt> first = send("first");
        CompletableFuture<Reason> inCallback = first.handle((receipt, error) -> {
            fill();
            return SendLoopTest.reason(producer.send(filler()));
        });
        await().atMost(LONG).until(() -> !transport.open.isEmpty());
        transport
                .open
                .get(0)
                .completeExceptionally(new Transport.RequestFailedException(
                        Transport.Failure.REJECTED, "SomeException", new RuntimeException()));

        assertThat(inCallback.join()).isEqualTo(Reason.BUFFER_FULL);
    }

    @Test
    void send_whenFullAndInterrupted_keepsTheFlag() {
        producer = producer(new HangingTransport(), Overflow.BLOCK);
        fill();
        Thread.currentThread().interrupt();

        assertThat(SendLoopTest.reason(producer.send(filler()))).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void trySend_whenFull_givesNothingAndCountsNothing_andElseIsAsSend() {
        producer = producer(new HangingTransport(), Overflow.BLOCK);
        assertThat(producer.trySend(event("a", "1"))).get().satisfies(sent -> assertThat(sent)
                .isNotDone());
        fill();
        assertThat(producer.trySend(filler())).isEmpty();
        assertThat(producer.health().accepting()).isTrue();

        assertThat(producer.close(Duration.ZERO).refused()).isZero();
        assertThat(SendLoopTest.reason(producer.trySend(event("a", "2")).orElseThrow()))
                .isEqualTo(Reason.CLOSED);
        assertThat(producer.health().accepting()).isFalse();
    }

    @Test
    void send_whenFullAndDropping_countsTheDropped() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        producer = producer(new HangingTransport(), Overflow.DROP_NEWEST, meters);
        fill();
        CompletableFuture<Receipt> dropped = producer.send(filler());

        assertThat(SendLoopTest.reason(dropped)).isEqualTo(Reason.DROPPED);
        assertThat(meters.get("clickstream.producer.events")
                        .tag("result", "dropped")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void sendThread_whenItDies_leavesNoFutureOpen() {
        producer = producer(
                new RecordingTransport() {
                    @Override
                    CompletableFuture<List<EntryResult>> answer(List<Entry> entries) {
                        throw new NoClassDefFoundError("a broken class path");
                    }
                },
                Overflow.FAIL);
        CompletableFuture<Receipt> future = send("a");

        await().atMost(LONG).until(future::isDone);
        assertThat(SendLoopTest.reason(send("b"))).isEqualTo(Reason.CLOSED);
    }

    @Test
    void callers_whenMany_loseNothingAndKeepTheirOrder() throws InterruptedException {
        RecordingTransport transport = new RecordingTransport();
        producer = producer(transport, Overflow.BLOCK);
        List<Thread> callers = IntStream.range(0, 8)
                .mapToObj(caller -> new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        var unused = producer.send(event("caller-" + caller, "e" + i));
                    }
                }))
                .toList();
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(producer.close(LONG)).isEqualTo(new DeliveryReport(4_000, 0, 0, 0, 0));
        for (int caller = 0; caller < 8; caller++) {
            String key = "caller-" + caller;
            assertThat(transport.requests.stream()
                            .flatMap(List::stream)
                            .filter(e -> e.partitionKey().equals(key))
                            .map(e -> ClickEvent.fromJson(e.data()).eventId()))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(i -> "e" + i).toList());
        }
    }

    /** Fills the buffer until there is no room for another of these. */
    private void fill() {
        for (int i = 0; i < 5; i++) {
            assertThat(producer.send(filler())).isNotDone();
        }
    }

    private static ClickEvent filler() {
        ClickEventBuilder filler = ClickEvent.builder("click").userPseudoId("fill");
        for (int i = 0; i < 10; i++) {
            filler.property("filler-" + i, "x".repeat(740));
        }
        return filler.build();
    }

    private CompletableFuture<Receipt> send(String key) {
        return producer.send(event(key, null));
    }

    private static ClickEvent event(String key, String id) {
        return ClickEvent.builder("click").userPseudoId(key).eventId(id).build();
    }

    private static ClickstreamProducer producer(Transport transport, Overflow overflow) {
        return producer(transport, overflow, new SimpleMeterRegistry());
    }

    private static ClickstreamProducer producer(Transport transport, Overflow overflow, SimpleMeterRegistry meters) {
        int inFlight = 3 * 3 * RecordingTransport.LIMITS.maxRecordBytes();
        ProducerSettings settings = new ProducerSettings(
                Duration.ofMillis(5),
                10,
                8 << 10,
                3,
                inFlight + MEMORY,
                overflow,
                LONG,
                LONG,
                LONG.multipliedBy(2),
                LONG,
                true,
                Order.BY_KEY,
                1 << 20);
        BatchingProducer.Parts parts = new BatchingProducer.Parts(
                TimeSource.SYSTEM,
                new Random(1),
                transport,
                PartitionKeys.BY_VISITOR,
                "test",
                "clicks",
                new ProducerMeters(meters, "clicks"));
        return new BatchingProducer(parts, settings).start();
    }
}
