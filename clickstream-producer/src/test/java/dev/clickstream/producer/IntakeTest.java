package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IntakeTest {

    private final ManualTime time = new ManualTime();
    private final ProducerSettings settings = Workbench.settings(true);
    private final Intake intake = new Intake(time, new FlushBarriers(), settings);

    private static EncodedEvent event() {
        return new EncodedEvent("key", HashKey.of("key"), null, new byte[10], 20);
    }

    @Test
    @Timeout(20)
    void await_forWhatCameBetweenDrainingAndWaiting_endsWithItsLinger() throws InterruptedException {
        intake.drainTo(pending -> {});
        Pending between = intake.accept(event());
        time.advance(settings.linger());

        intake.await(TimeUnit.HOURS.toNanos(1));

        List<Pending> drained = new ArrayList<>();
        intake.drainTo(drained::add);
        assertThat(drained).containsExactly(between);
    }

    @Test
    void drainTo_whenTheConsumerThrows_handsOverTheRestNextTime() {
        List<Pending> accepted = List.of(intake.accept(event()), intake.accept(event()), intake.accept(event()));
        List<Pending> drained = new ArrayList<>();
        assertThatThrownBy(() -> intake.drainTo(pending -> {
                    if (drained.size() == 1) {
                        throw new IllegalStateException("no memory, say");
                    }
                    drained.add(pending);
                }))
                .hasMessage("no memory, say");
        Pending later = intake.accept(event());

        intake.drainTo(drained::add);
        assertThat(drained)
                .startsWith(accepted.toArray(new Pending[0]))
                .endsWith(later)
                .hasSize(4);
    }

    @Test
    @Timeout(20)
    void await_withNothingQueued_endsWhenItsTimeIsOver() throws InterruptedException {
        intake.await(0);
    }

    @Test
    @Timeout(20)
    void await_whenWoken_endsAtOnce_andOnlyOnce() throws InterruptedException {
        intake.wake();
        intake.await(TimeUnit.HOURS.toNanos(1));
        intake.wake();
        intake.await(TimeUnit.HOURS.toNanos(1));
    }
}
