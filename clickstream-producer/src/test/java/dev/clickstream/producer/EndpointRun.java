package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.local.kinesis.ThroughputLimits;
import dev.clickstream.producer.SendFailedException.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * One run over real sockets, whole from its seed but for the interleaving: a producer as its users build it, few keys,
 * faults of all kinds, splits and merges; then it is closed, and all is read back.
 */
final class EndpointRun implements Observed {

    static final Duration LATE = Duration.ofMillis(250);
    private static final int MOST_BATCH_BYTES = 32 << 10;
    private static final int MOST_IN_FLIGHT = 4;
    private static final long BUFFER_BYTES = 14_400L << 10;
    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(600);

    /** What was accepted shortly before a failure was told may have been let past it: no one knew yet. */
    private static final long SHORTLY = TimeUnit.MILLISECONDS.toNanos(250);

    private final Random random;
    private final long seed;
    private final boolean aggregation;
    private final Order order;
    /** Of so many events one has kilobytes. */
    private final int large;

    private final AttemptLog attempts = new AttemptLog(REQUEST_TIMEOUT);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<CompletableFuture<Receipt>> accepted = new ArrayList<>();
    private final List<Long> acceptedAt = new ArrayList<>();
    private final Map<Long, Reason> reasons = new ConcurrentHashMap<>();
    private final Map<Long, Long> failedAt = new ConcurrentHashMap<>();
    /** The registry has it as long as the producer lives. */
    private @Nullable Gauge buffer;

    private EndpointReading read = EndpointReading.NONE;
    private DeliveryReport report = new DeliveryReport(0, 0, 0, 0, 0);
    private List<Long> faultsMet = List.of();

    EndpointRun(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        int kind = random.nextInt(10);
        this.aggregation = kind < 6;
        this.order = kind == 9 ? Order.UNORDERED : Order.BY_KEY;
        this.large = random.nextInt(6) == 0 ? 1 : 20;
    }

    void play(List<Guarantee> guarantees) {
        ThroughputLimits limits = random.nextBoolean() ? ThroughputLimits.ENFORCED : ThroughputLimits.OFF;
        Protocol protocol = random.nextBoolean() ? Protocol.HTTP2 : Protocol.HTTP1_1;
        try (LocalStream stream = new LocalStream(1 + random.nextInt(4), limits, protocol, attempts)) {
            stream.kinesis().faults(seed, EndpointFaults.writing(random));
            ClickstreamProducer producer = producer(stream.client());
            buffer = meters.get("clickstream.producer.buffer.bytes").gauge();
            send(producer, stream, guarantees);
            report = producer.close(Duration.ofSeconds(random.nextInt(5) == 0 ? 0 : 20));
            faultsMet = stream.kinesis().faultsMet();
            stream.kinesis().faults(seed, EndpointFaults.reading());
            awaitLandings();
            read = EndpointReading.of(stream);
            guarantees.forEach(g -> g.after(this));
            assertThat(producer.health().accepting())
                    .as("and until here it was not collected")
                    .isFalse();
        }
    }

    /** What was given up may be carried out by the endpoint a little later, and nobody tells when. */
    private static void awaitLandings() {
        await().pollDelay(EndpointFaults.SLOWEST.plus(LATE)).until(() -> true);
    }

    private ClickstreamProducer producer(KinesisAsyncClient client) {
        return ClickstreamProducer.builder(client, LocalStream.NAME)
                .aggregation(aggregation)
                .order(order)
                .linger(Duration.ofMillis(random.nextInt(20)))
                .maxBatchBytes(MOST_BATCH_BYTES)
                .maxBatchRecords(1 + random.nextInt(100))
                .maxRequestsInFlight(MOST_IN_FLIGHT)
                .bufferMaxBytes(BUFFER_BYTES)
                .onBufferFull(Overflow.FAIL)
                .requestTimeout(REQUEST_TIMEOUT)
                .deliveryTimeout(Duration.ofMillis(1_000 + random.nextInt(1_500)))
                .meterRegistry(meters)
                .build();
    }

    private void send(ClickstreamProducer producer, LocalStream stream, List<Guarantee> guarantees) {
        int keys = 1 + random.nextInt(40);
        int rounds = 2 + random.nextInt(6);
        for (int round = 0; round < rounds; round++) {
            int events = random.nextInt(150);
            for (int i = 0; i < events; i++) {
                send(producer, "key-" + random.nextInt(keys));
            }
            guarantees.forEach(g -> g.during(this));
            if (random.nextInt(4) == 0) {
                stream.mergeFirst();
            }
            if (random.nextInt(3) == 0) {
                flush(producer);
            }
        }
    }

    private void send(ClickstreamProducer producer, String key) {
        int filler = random.nextInt(large) == 0 ? random.nextInt(20_000) : random.nextInt(300);
        CompletableFuture<Receipt> sent = producer.send(ClickEvent.builder("page_view")
                .userPseudoId(key)
                .property("filler", "x".repeat(filler))
                .build());
        if (sent.isCompletedExceptionally() && isRefusal(sent)) {
            return;
        }
        accepted.add(sent);
        acceptedAt.add(System.nanoTime());
        long sequence = accepted.size();
        var unused = sent.whenComplete((receipt, error) -> {
            if (error != null) {
                reasons.put(sequence, ((SendFailedException) error).reason());
                failedAt.put(sequence, System.nanoTime());
            }
        });
    }

    private static boolean isRefusal(CompletableFuture<Receipt> sent) {
        return SendLoopTest.reason(sent) == Reason.BUFFER_FULL;
    }

    private static void flush(ClickstreamProducer producer) {
        try {
            producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One number for each fault of {@link EndpointFaults#writing}. */
    List<Long> faultsMet() {
        return faultsMet;
    }

    @Override
    public List<Reading> readings() {
        return read.readings(attempts.unclear());
    }

    @Override
    public boolean isOrdered() {
        return aggregation || order == Order.BY_KEY;
    }

    @Override
    public long accepted() {
        return accepted.size();
    }

    @Override
    public long ended() {
        return accepted.stream().filter(CompletableFuture::isDone).count();
    }

    @Override
    public Map<Long, Reason> reasons() {
        return reasons;
    }

    @Override
    public long toldAt(long sequence) {
        long told = failedAt.get(sequence) - SHORTLY;
        long last = sequence;
        while (last < accepted.size() && acceptedAt.get((int) last) - told < 0) {
            last++;
        }
        return last;
    }

    @Override
    public boolean isWhereItWasTold(long sequence) {
        return read.holds(accepted.get((int) sequence - 1).join(), sequence);
    }

    @Override
    public DeliveryReport report() {
        return report;
    }

    @Override
    public long bytesOpen() {
        return 0;
    }

    @Override
    public long memoryUsed() {
        return (long) Objects.requireNonNull(buffer).value();
    }

    @Override
    public long memoryBound() {
        return BUFFER_BYTES - 3L * MOST_IN_FLIGHT * KinesisTransport.MAX_RECORD_BYTES;
    }

    @Override
    public long mostBytesOnTheirWay() {
        return attempts.mostBytesOnTheirWay();
    }

    @Override
    public long mostBytesAllowedOnTheirWay() {
        return (long) MOST_IN_FLIGHT * MOST_BATCH_BYTES;
    }
}
