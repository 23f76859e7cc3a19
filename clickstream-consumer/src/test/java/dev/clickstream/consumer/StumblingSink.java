package dev.clickstream.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Delivers to another sink, and then says that it did not, so many times. */
final class StumblingSink implements Sink {
    private final Sink target;
    private final AtomicInteger stumbles;

    StumblingSink(Sink target, int stumbles) {
        this.target = target;
        this.stumbles = new AtomicInteger(stumbles);
    }

    @Override
    public SinkBuffer open(BatchId id, Instant firstArrival) {
        return new ForwardingBuffer(target.open(id, firstArrival)) {
            @Override
            public void deliver(Batch.Content content, WriteWindow window) throws Exception {
                super.deliver(content, window);
                if (stumbles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IllegalStateException("stumbled");
                }
            }
        };
    }

    @Override
    public void deliver(Batch batch) {
        throw new IllegalStateException("a batch comes through its buffer");
    }

    int stumblesLeft() {
        return stumbles.get();
    }

    @Override
    public void remove(String uri, WriteWindow window) throws Exception {
        target.remove(uri, window);
    }

    @Override
    public @Nullable ManifestStore manifestStore() {
        return target.manifestStore();
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
