package dev.clickstream.consumer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a processor instance still lives. Thread-safe: it is ended from outside while the pipeline waits. */
final class Lifeline {
    private final CountDownLatch ended = new CountDownLatch(1);

    boolean isOver() {
        return ended.getCount() == 0;
    }

    /** From now on nothing is written or committed. Again is harmless. */
    void end() {
        ended.countDown();
    }

    /** Stops here if it is over. */
    void check() throws LeaseLostException {
        if (isOver()) {
            throw new LeaseLostException("The processor has ended");
        }
    }

    /** Waits, unless it ends meanwhile. */
    void pause(Duration time) throws LeaseLostException, InterruptedException {
        if (ended.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            check();
        }
    }
}
