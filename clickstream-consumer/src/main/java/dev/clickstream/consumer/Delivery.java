package dev.clickstream.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
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

    /**
     * Returns when all sinks have the batch and nothing is left of what earlier owners wrote otherwise.
     *
     * @throws GivenUpException when the policy does not want to wait for some of them any more
     */
    void deliver(
            OpenBatch batch,
            Batch.Content content,
            List<String> stale,
            NavigableSet<Integer> givenUp,
            Fence fence,
            Lifeline life)
            throws LeaseLostException, InterruptedException, GivenUpException {
        long begunNanos = time.nanoTime();
        List<Task> left = batch.hasOutput() ? deliveries(batch, content, givenUp) : new ArrayList<>();
        List<Task> removals = content == Batch.Content.WHOLE ? removals(stale) : new ArrayList<>();
        for (int failures = 1; ; failures++) {
            WriteWindow window = new WriteWindow(time, settings.destinations().writeBound());
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
            requirePatience(left, Duration.ofNanos(time.nanoTime() - begunNanos));
            life.pause(settings.retry().backoff(failures));
        }
    }

    private List<Task> deliveries(OpenBatch batch, Batch.Content content, NavigableSet<Integer> givenUp) {
        List<Sink> targets = settings.destinations().all();
        List<Task> deliveries = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            if (settings.destinations().gets(i, givenUp)) {
                SinkBuffer buffer = batch.buffers().get(i);
                deliveries.add(new Task(i, targets.get(i), window -> buffer.deliver(content, window)));
            }
        }
        return deliveries;
    }

    private List<Task> removals(List<String> stale) {
        List<Task> removals = new ArrayList<>();
        for (String uri : stale) {
            settings.destinations()
                    .all()
                    .forEach(sink -> removals.add(new Task(-1, sink, window -> sink.remove(uri, window))));
        }
        return removals;
    }

    private void requirePatience(List<Task> left, Duration refused) throws GivenUpException {
        NavigableSet<Integer> refusing = new TreeSet<>();
        left.stream()
                .map(Task::target)
                .filter(settings.destinations()::mayBeGivenUp)
                .forEach(refusing::add);
        if (!refusing.isEmpty() && settings.destinations().failurePolicy().givesUpAfter(refused)) {
            throw new GivenUpException(refusing);
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
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                observer.failing(shardId, what, failures, cause);
                if (failures == 1) {
                    LOG.warn("A {} of {} failed; the shard waits, nothing is lost", what, shardId, cause);
                } else {
                    LOG.debug("A {} of {} failed, for the {}th time", what, shardId, failures, cause);
                }
                life.pause(settings.retry().backoff(failures));
            }
        }
    }

    /** What one of the targets has to do. */
    private record Task(int target, Sink sink, Work work) {}

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
