package dev.clickstream.consumer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Delivers to another sink, and then says that it did not, so many times. */
final class StumblingSink implements Sink {
    private final Sink target;
    private final AtomicInteger stumbles;

    StumblingSink(Sink target, int stumbles) {
        this.target = target;
        this.stumbles = new AtomicInteger(stumbles);
    }

    @Override
    public void deliver(Batch batch) throws Exception {
        target.deliver(batch);
        if (stumbles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("stumbled");
        }
    }

    int stumblesLeft() {
        return stumbles.get();
    }

    @Override
    public String configuration() {
        return target.configuration();
    }

    @Override
    public Duration writeBound() {
        return target.writeBound();
    }
}
