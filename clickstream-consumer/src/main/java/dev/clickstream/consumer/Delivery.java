package dev.clickstream.consumer;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what sinks gathered of a batch to every one of them until all have it. A round begins with the fence, the same
 * prepare written again, and lasts as long as the write window that was opened before.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final String shardId;
    private final PipelineSettings settings;
    private final ShardObserver observer;
    private final TimeSource time;

    Delivery(String shardId, PipelineSettings settings, ShardObserver observer, TimeSource time) {
        this.shardId = shardId;
        this.settings = settings;
        this.observer = observer;
        this.time = time;
    }

    /** Returns when all sinks have the batch and nothing is left of what earlier owners wrote otherwise. */
    void deliver(OpenBatch batch, Batch.Content content, List<String> stale, Fence fence, Lifeline life)
            throws LeaseLostException, InterruptedException {
        List<Task> left = new ArrayList<>();
        for (int i = 0; i < batch.buffers().size() && batch.hasOutput(); i++) {
            SinkBuffer buffer = batch.buffers().get(i);
            left.add(new Task(settings.sinks().get(i), window -> buffer.deliver(content, window)));
        }
        List<Task> removals = new ArrayList<>();
        for (String uri : content == Batch.Content.WHOLE ? stale : List.<String>of()) {
            settings.sinks().forEach(sink -> removals.add(new Task(sink, window -> sink.remove(uri, window))));
        }
        for (int failures = 1; ; failures++) {
            WriteWindow window = new WriteWindow(time, settings.writeBound());
            fence.raise();
            int round = failures;
            left.removeIf(task -> done(task, window, round));
            if (left.isEmpty()) {
                // Only now: a reader rather sees a record twice than not at all.
                removals.removeIf(task -> done(task, window, round));
            }
            if (left.isEmpty() && removals.isEmpty()) {
                observer.working(shardId);
                return;
            }
            life.pause(settings.retry().backoff(failures));
        }
    }

    private boolean done(Task task, WriteWindow window, int round) {
        String name = task.sink.name();
        try {
            task.work.in(window);
            return true;
        } catch (WriteWindow.WindowClosedException e) {
            LOG.debug("Sink {} needs more time for a batch of {}", name, shardId);
            return false;
        } catch (Throwable e) {
            observer.failing(shardId, name, round, e);
            if (round == 1) {
                LOG.warn("Sink {} failed to take a batch of {}; the shard waits, nothing is lost", name, shardId, e);
            } else {
                LOG.debug("Sink {} failed to take a batch of {}, for the {}th time", name, shardId, round, e);
            }
            return false;
        }
    }

    /** Writes a checkpoint, or a manifest, until it is acknowledged. */
    void insist(String what, Write write, Lifeline life) throws LeaseLostException, InterruptedException {
        for (int failures = 1; ; failures++) {
            life.check();
            try {
                write.run();
                if (failures > 1) {
                    observer.working(shardId);
                }
                return;
            } catch (CheckpointFailedException e) {
                observer.failing(shardId, what, failures, e);
                LOG.debug("{} of {} failed, for the {}th time", what, shardId, failures, e);
                life.pause(settings.retry().backoff(failures));
            }
        }
    }

    /** What one sink has to do. */
    private record Task(Sink sink, Work work) {}

    /** A part of a delivery. */
    @FunctionalInterface
    private interface Work {
        void in(WriteWindow window) throws Exception;
    }

    /** Lets nobody upload who has lost the lease. */
    @FunctionalInterface
    interface Fence {
        void raise() throws LeaseLostException, InterruptedException;
    }

    /** A write that goes on until it works. */
    @FunctionalInterface
    interface Write {
        void run() throws LeaseLostException, CheckpointFailedException;
    }
}
