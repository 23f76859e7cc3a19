package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clickstream.producer.SendFailedException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final long LONG = Duration.ofSeconds(20).toNanos();

    private final MemoryBudget budget = new MemoryBudget(100);

    @Test
    void budget_isUsedToItsLastByte() {
        budget.reserve(60, Overflow.FAIL, 0);
        budget.reserve(40, Overflow.FAIL, 0);

        assertThat(budget.used()).isEqualTo(100);
        refused(
                Overflow.FAIL,
                Duration.ZERO,
                Reason.BUFFER_FULL,
                "no room for 1 bytes in the buffer: 100 of 100 bytes in use");
        refused(
                Overflow.DROP_NEWEST,
                Duration.ZERO,
                Reason.DROPPED,
                "no room for 1 bytes in the buffer: 100 of 100 bytes in use");
        refused(
                Overflow.BLOCK,
                Duration.ofMillis(20),
                Reason.BUFFER_FULL,
                "no room for 1 bytes in the buffer: 100 of 100 bytes in use, waited 20 ms");
        budget.release(100);
        assertThat(budget.used()).isZero();
    }

    @Test
    void caller_whenRoomIsMade_goesOn() {
        budget.reserve(100, Overflow.FAIL, 0);
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> budget.reserve(50, Overflow.BLOCK, LONG));
        budget.release(49);
        assertThat(caller).isNotDone();
        budget.release(1);

        await().atMost(Duration.ofSeconds(20)).until(caller::isDone);
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void caller_whenClosed_failsWithoutWaiting() {
        budget.reserve(100, Overflow.FAIL, 0);
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> budget.reserve(50, Overflow.BLOCK, LONG));
        budget.close();

        await().atMost(Duration.ofSeconds(20)).until(caller::isDone);
        assertThat(caller.handle((v, error) -> ((SendFailedException) error.getCause()).reason()))
                .isCompletedWithValue(Reason.CLOSED);
        refused(Overflow.BLOCK, Duration.ofSeconds(20), Reason.CLOSED, "the producer is closed");
    }

    @Test
    void release_ofMoreThanWasReserved_isAnError() {
        budget.reserve(1, Overflow.FAIL, 0);
        assertThatThrownBy(() -> budget.release(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("given back 2 bytes, only 1 were reserved");
    }

    private void refused(Overflow overflow, Duration maxBlock, Reason reason, String message) {
        assertThatThrownBy(() -> budget.reserve(1, overflow, maxBlock.toNanos()))
                .isInstanceOfSatisfying(
                        SendFailedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
    }
}
