package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which records KCL alone skips, and that the worker reads them again. Of aggregates: {@link GuardedAggregatorTest}; of what
 * KCL fails on before the processor: {@link RecoveryIT}.
 */
class KclGuardIT {
    private static LocalAws aws;
    private static LocalClients clients;

    @BeforeAll
    static void start() {
        aws = LocalAws.builder().start();
        clients = aws.clients();
    }

    @AfterAll
    static void close() {
        aws.close();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(40));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> texts(InMemorySink sink) {
        return sink.rows().stream()
                .map(row -> new String(row.data(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void recordsThatAProcessorFailsOn_areSkippedByKclAlone_andReadAgainByTheWorker() {
        TestStream stream = new TestStream(clients, "processing", 1).prepare("processing-alone");
        stream.prepare("processing-app");
        stream.put(10);
        AtomicInteger processedAlone = new AtomicInteger();
        AtomicInteger transformed = new AtomicInteger();
        InMemorySink rows = new InMemorySink();
        try (KclAlone alone = new KclAlone(clients, "processing-alone", "processing", kcl -> {}, input -> {
                    if (!input.records().isEmpty() && processedAlone.getAndIncrement() == 0) {
                        throw new IllegalStateException("once");
                    }
                });
                ClickstreamWorker worker = stream.worker("processing-app")
                        .transform(record -> {
                            if (transformed.incrementAndGet() == 4) {
                                throw new NoClassDefFoundError("once");
                            }
                            return Transform.passThrough().apply(record);
                        })
                        .sink(rows)
                        .bufferingInterval(Duration.ofMillis(300))
                        .build()
                        .start()) {
            soon().until(() -> processedAlone.get() > 0 && transformed.get() >= 4);
            stream.put(10);
            soon().untilAsserted(() -> assertThat(worker.counts().ok()).isEqualTo(20));
            soon().until(() -> alone.handedOver().contains("19"));

            assertThat(alone.handedOver()).containsExactlyElementsOf(numbers(10, 20));
        }
        assertThat(texts(rows)).containsExactlyElementsOf(numbers(0, 20));
    }
}
