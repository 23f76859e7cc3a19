package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.local.aws.LocalClients;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClickstreamWorkerTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final LocalClients CLIENTS = LocalClients.of(NOWHERE, NOWHERE, NOWHERE);

    @AfterAll
    static void close() {
        CLIENTS.close();
    }

    private static WorkerBuilder builder() {
        return ClickstreamWorker.builder("app", "stream");
    }

    private static ClickstreamWorker worker() {
        return builder()
                .kinesis(CLIENTS.kinesis())
                .dynamoDb(CLIENTS.dynamoDb())
                .cloudWatch(CLIENTS.cloudWatch())
                .sink(new InMemorySink())
                .build();
    }

    @Test
    void settings_areChecked() {
        assertThatThrownBy(() -> ClickstreamWorker.builder("a/b", "stream"))
                .hasMessage("applicationName must be a name without slashes, not 'a/b'");
        assertThatThrownBy(() -> ClickstreamWorker.builder("app", " "))
                .hasMessage("streamName must be a name without slashes, not ' '");
        assertThatThrownBy(() -> builder().bufferingSize(0))
                .hasMessage("bufferingSize must be 1 to 134217728 bytes, not 0");
        assertThatThrownBy(() -> builder().bufferingSize(134_217_729))
                .hasMessage("bufferingSize must be 1 to 134217728 bytes, not 134217729");
        assertThatThrownBy(() -> builder().bufferingInterval(Duration.ofSeconds(901)))
                .hasMessage("bufferingInterval must be 0 to 900 seconds, not PT15M1S");
        assertThatThrownBy(() -> builder().bufferingInterval(Duration.ofSeconds(-1)))
                .hasMessage("bufferingInterval must be 0 to 900 seconds, not PT-1S");
        assertThatThrownBy(() -> builder().build()).hasMessage("A worker needs a sink");
        assertThatThrownBy(() -> builder().sink(new InMemorySink()).build())
                .hasMessage("A worker needs a client: kinesis");
        assertThatThrownBy(() -> builder().maxLeasesForWorker(0))
                .hasMessage("maxLeasesForWorker must be at least 1, not 0");
        assertThatThrownBy(() -> builder().failoverTime(Duration.ofMillis(999)))
                .hasMessage("failoverTime must be 1 to 300 seconds, not PT0.999S");
        assertThatThrownBy(() -> builder().transformConcurrency(65))
                .hasMessage("transformConcurrency must be 1 to 64, not 65");
        assertThatThrownBy(() -> builder()
                        .sink(new DirectorySink(Path.of("there")))
                        .sourceBackup(new DirectorySink(Path.of("there")))
                        .build())
                .hasMessage("Two sinks named DirectorySink write to the same place: each needs a prefix, a bucket or a"
                        + " directory of its own");
        assertThatThrownBy(() -> new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("firstBackoff must be at least 0 and at most maxBackoff, but is PT2S, and maxBackoff PT1S");
    }

    @Test
    void backoff_doublesUpToItsMaximum() {
        RetryPolicy retry = RetryPolicy.forever();

        assertThat(retry.backoff(1)).isEqualTo(Duration.ofMillis(200));
        assertThat(retry.backoff(2)).isEqualTo(Duration.ofMillis(400));
        assertThat(retry.backoff(8)).isEqualTo(Duration.ofSeconds(20));
        assertThat(retry.backoff(1_000_000)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void worker_thatWasNeverStarted_closesAtOnce() {
        ClickstreamWorker worker = worker();
        assertThat(worker.health().status()).isEqualTo(WorkerHealth.Status.NEW);

        CloseReport report = worker.close(Duration.ofSeconds(1));

        assertThat(report).isEqualTo(new CloseReport(CloseReport.Ending.NEVER_STARTED, OutcomeCounts.NONE));
        assertThat(worker.health().status()).isEqualTo(WorkerHealth.Status.STOPPED);
        assertThatThrownBy(worker::start).hasMessage("The worker was started before");
    }

    @Test
    void worker_withoutAws_closesWithinItsTime() {
        ClickstreamWorker worker = worker().start();

        long started = System.nanoTime();
        CloseReport report = worker.close(Duration.ofMillis(300));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
        assertThat(report.counts()).isEqualTo(OutcomeCounts.NONE);
        assertThat(worker.close(Duration.ZERO).counts()).isEqualTo(OutcomeCounts.NONE);
    }
}
