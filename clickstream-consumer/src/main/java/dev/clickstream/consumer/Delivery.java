package dev.clickstream.consumer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a batch to every sink until all have it. A round begins with the fence: the same prepare, written again. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final List<Sink> sinks;
    private final RetryPolicy retry;
    private final ShardObserver observer;

    Delivery(List<Sink> sinks, RetryPolicy retry, ShardObserver observer) {
        this.sinks = List.copyOf(sinks);
        this.retry = retry;
        this.observer = observer;
    }

    /** Returns when all sinks have the batch. */
    void deliver(Batch batch, Fence fence, Lifeline life) throws LeaseLostException, InterruptedException {
        List<Sink> left = new ArrayList<>(sinks);
        for (int failures = 1; ; failures++) {
            fence.raise();
            int round = failures;
            left.removeIf(sink -> delivered(sink, batch, round));
            if (left.isEmpty()) {
                observer.working(batch.id().shardId());
                return;
            }
            life.pause(retry.backoff(failures));
        }
    }

    private boolean delivered(Sink sink, Batch batch, int round) {
        try {
            sink.deliver(batch);
            return true;
        } catch (Throwable e) {
            String shard = batch.id().shardId();
            observer.failing(shard, sink.name(), round, e);
            if (round == 1) {
                LOG.warn(
                        "Sink {} failed to take a batch of {}; the shard waits, nothing is lost",
                        sink.name(),
                        shard,
                        e);
            } else {
                LOG.debug("Sink {} failed to take a batch of {}, for the {}th time", sink.name(), shard, round, e);
            }
            return false;
        }
    }

    /** Writes the batch's manifest, until it is there; gives its name, or null when there is nothing to remember. */
    @Nullable
    String remember(Batch batch, Manifest manifest, Lifeline life) throws LeaseLostException, InterruptedException {
        for (int failures = 1; ; failures++) {
            life.check();
            try {
                return manifest.write(batch);
            } catch (Exception e) {
                observer.failing(batch.id().shardId(), "manifest", failures, e);
                life.pause(retry.backoff(failures));
            }
        }
    }

    /** Writes a checkpoint until it is acknowledged. */
    void insist(String shardId, Write write, Lifeline life) throws LeaseLostException, InterruptedException {
        for (int failures = 1; ; failures++) {
            life.check();
            try {
                write.run();
                if (failures > 1) {
                    observer.working(shardId);
                }
                return;
            } catch (CheckpointFailedException e) {
                observer.failing(shardId, "checkpoint", failures, e);
                LOG.debug("Checkpoint of {} failed, for the {}th time", shardId, failures, e);
                life.pause(retry.backoff(failures));
            }
        }
    }

    /** Lets nobody upload who has lost the lease. */
    @FunctionalInterface
    interface Fence {
        void raise() throws LeaseLostException, InterruptedException;
    }

    /** A write to the lease table. */
    @FunctionalInterface
    interface Write {
        void run() throws LeaseLostException, CheckpointFailedException;
    }
}
