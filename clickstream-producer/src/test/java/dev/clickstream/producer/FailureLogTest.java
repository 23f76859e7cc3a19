package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.producer.SendFailedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final List<String> lines = new ArrayList<>();
    private final FailureLog log = new FailureLog(lines::add);

    @Test
    void failures_areToldAtOnce_andThenTogetherOncePerInterval() {
        long now = Long.MAX_VALUE - 5;
        log.tell(now);
        assertThat(lines).isEmpty();

        assertThat(log.failed(Reason.TOO_LARGE, "too large")).isTrue();
        log.tell(now);
        assertThat(lines)
                .containsExactly(
                        "not delivered or sent again since the last such line: {TOO_LARGE=1}; the last event that"
                                + " was not delivered: too large");

        for (int i = 0; i < 1_000; i++) {
            assertThat(log.failed(Reason.TIMEOUT, "too late")).isEqualTo(i == 0);
            log.again("RequestTimeout");
            log.tell(now + FailureLog.EVERY - 1);
        }
        assertThat(lines).hasSize(1);
        log.tell(now + FailureLog.EVERY);
        assertThat(lines).last().asString().contains("{TIMEOUT=1000, sent again after RequestTimeout=1000}; the");
        log.tell(now + 2 * FailureLog.EVERY);
        assertThat(lines).hasSize(2);
    }

    @Test
    void whatGoesAgain_isToldAlone_andAtTheEndWithoutWaiting() {
        log.again("InternalFailure");
        log.tell(0);
        log.again("InternalFailure");
        log.tellNow(1);

        assertThat(lines).hasSize(2).allMatch(line -> line.endsWith("line: {sent again after InternalFailure=1}"));
    }

    @Test
    void loop_tellsOfAnOutageOnceAMinute_andNothingOfTheEvents() {
        Workbench bench = new Workbench(new RecordingTransport.FailingTransport(Transport.Failure.UNREACHABLE));
        for (int second = 0; second < 150; second++) {
            bench.accept("secret-" + second);
            bench.run(Duration.ofSeconds(1));
        }

        assertThat(bench.logged).hasSize(3).noneMatch(line -> line.contains("secret"));
        assertThat(bench.logged).last().asString().contains("TIMEOUT=", "sent again after SomeException=");
    }
}
