package dev.clickstream.consumer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Whether a processor instance still lives. Thread-safe: it is ended from outside while the pipeline waits. */
final class Lifeline {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final TimeSource time;

    Lifeline(TimeSource time) {
        this.time = time;
    }

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
    void pause(Duration length) throws LeaseLostException, InterruptedException {
        if (time.await(ended, length)) {
            check();
        }
    }
}
