package dev.clickstream.consumer;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard, as one processor instance holds it: transforms records, gathers them into batches, and takes each through
 * cut, prepare, fence, delivery and commit. Knows nothing of KCL.
 *
 * <p>Thread-safe by one lock, held through a delivery: records, timer and shard end wait for one another. Once it has
 * ended it takes nothing, writes nothing and commits nothing; the records are read again by whoever comes next. No
 * method throws, as KCL skips what a processor throws on.
 */
final class ShardPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(ShardPipeline.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Lifeline life = new Lifeline();
    private final String shardId;
    private final PipelineSettings settings;
    private final String fingerprint;
    private final Transformation transformation;
    private final Checkpoints checkpoints;
    private final Delivery delivery;
    private final ShardObserver observer;
    private final TimeSource time;
    private @Nullable BatchState pending;
    private @Nullable Position last;
    private volatile OpenBatch open;
    /** When the step that holds the lock began; 0 when none does. */
    private volatile long busySince;

    /**
     * A pipeline at the last checkpoint.
     *
     * @param pending the batch that was prepared and not committed, to be read again before anything else
     */
    ShardPipeline(
            String shardId,
            PipelineSettings settings,
            Checkpoints checkpoints,
            ShardObserver observer,
            TimeSource time,
            @Nullable BatchState pending) {
        this.shardId = shardId;
        this.settings = settings;
        this.fingerprint = settings.fingerprint();
        this.transformation = new Transformation(settings.transform());
        this.checkpoints = checkpoints;
        this.delivery = new Delivery(settings.sinks(), settings.retry(), observer);
        this.observer = observer;
        this.time = time;
        this.pending = pending;
        this.open = new OpenBatch(time.nanoTime());
    }

    /** How much of the shard the records reach. */
    enum Reach {
        /** There may be more. */
        MORE,
        /** These were the newest. */
        CAUGHT_UP
    }

    /**
     * Takes records in the shard's order; the call ends between two Kinesis records. Returns when what was due is
     * delivered and committed.
     */
    void offer(List<Intake> intakes, Reach reach) {
        locked(() -> {
            for (Intake intake : intakes) {
                take(intake);
            }
            if (pending != null) {
                if (reach == Reach.CAUGHT_UP || reached(pending)) {
                    deliverAgain(pending);
                }
            } else if (settings.cutter().isDue(open, time.nanoTime())) {
                deliver();
            }
        });
    }

    /** Whether a tick may have something to do: a guess without the lock, so that most ticks need no thread. */
    boolean isDue() {
        return !life.isOver() && !lock.isLocked() && settings.cutter().isDue(open, time.nanoTime());
    }

    /** Delivers what is due by time; does nothing while the pipeline is busy. */
    void tick() {
        if (lock.tryLock()) {
            try {
                locked(() -> {
                    if (pending == null && settings.cutter().isDue(open, time.nanoTime())) {
                        deliver();
                    }
                });
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * The shard is closed and all of it was offered: delivers the rest and commits the end. May be called again.
     *
     * @return whether the end is committed
     */
    boolean finish() {
        return locked(() -> {
            if (pending != null) {
                deliverAgain(pending);
            } else if (!open.isEmpty()) {
                deliver();
            }
            delivery.insist(shardId, checkpoints::commitShardEnd, life);
            observer.checkpointed(ShardObserver.CheckpointPhase.SHARD_END);
        });
    }

    /** The worker stops or hands the shard over: delivers what is here, unless a batch is still being read again. */
    void stop() {
        locked(() -> {
            if (pending == null && !open.isEmpty()) {
                deliver();
            }
        });
        discard();
    }

    /** Ends at once: the lease is lost, or the processor is not to be trusted. Does not wait for a running delivery. */
    void discard() {
        if (!life.isOver()) {
            life.end();
            observer.ended(shardId);
        }
    }

    boolean isOver() {
        return life.isOver();
    }

    String shardId() {
        return shardId;
    }

    /** For how long it has been in one step; 0 if it is in none. */
    long busyNanos() {
        long since = busySince;
        return since == 0 ? 0 : time.nanoTime() - since;
    }

    private boolean locked(Step step) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            discard();
            return false;
        }
        try {
            if (life.isOver()) {
                return false;
            }
            busySince = time.nanoTime() | 1; // never 0
            step.run();
            return true;
        } catch (LeaseLostException e) {
            LOG.info("{} goes to somebody else: {}", shardId, e.getMessage());
            discard();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            discard();
        } catch (Throwable e) {
            discard();
            observer.broken(shardId, e);
        } finally {
            busySince = 0;
            lock.unlock();
        }
        return false;
    }

    private void take(Intake intake) throws LeaseLostException, InterruptedException {
        StreamRecord record = intake.record();
        Position at = Position.of(record);
        if (last != null && at.compareTo(last) <= 0) {
            return; // handed over before: a subscription that starts again may repeat itself
        }
        if (pending != null) {
            if (at.compareSequence(pending.cut()) > 0) {
                deliverAgain(pending);
            }
        } else if (open.endsBefore(at) && settings.cutter().isFull(open)) {
            deliver();
        }
        if (open.isEmpty()) {
            open = new OpenBatch(time.nanoTime());
        }
        Outcome decided = intake.decided();
        open.add(record, decided != null ? List.of(decided) : transformation.of(record));
        last = at;
    }

    private boolean reached(BatchState state) {
        return last != null && last.compareSequence(state.cut()) >= 0;
    }

    private void deliver() throws LeaseLostException, InterruptedException {
        BatchState cut = open.cut(fingerprint);
        complete(cut, Batch.Content.WHOLE);
    }

    /** The pending batch has been read again, or as much of it as there is: the same batch, under the same id. */
    private void deliverAgain(BatchState was) throws LeaseLostException, InterruptedException {
        if (open.isEmpty()) {
            observer.differs(shardId, was, 0);
            pending = null;
            return;
        }
        if (!was.configuration().equals(fingerprint)) {
            life.pause(settings.writeBound());
        }
        BatchState now = open.cut(fingerprint);
        boolean same = now.sameRecords(was);
        if (!same) {
            observer.differs(shardId, was, now.count());
        }
        complete(was.endingAt(now.cut(), fingerprint), same ? Batch.Content.WHOLE : Batch.Content.DIFFERENT);
        pending = null;
    }

    private void complete(BatchState state, Batch.Content content) throws LeaseLostException, InterruptedException {
        if (open.hasOutput()) {
            BatchId id = new BatchId(settings.application(), settings.stream(), shardId, state.first());
            Batch batch = open.toBatch(id, state.firstArrival(), content);
            BatchState remembered = state.manifest() == null
                    ? state.withManifest(delivery.remember(batch, settings.manifest(), life))
                    : state;
            delivery.deliver(batch, () -> prepare(remembered), life);
        }
        delivery.insist(shardId, () -> checkpoints.commit(state.cut()), life);
        observer.checkpointed(ShardObserver.CheckpointPhase.COMMIT);
        observer.committed(shardId, open.counts());
        open = new OpenBatch(time.nanoTime());
    }

    private void prepare(BatchState state) throws LeaseLostException, InterruptedException {
        delivery.insist(shardId, () -> checkpoints.prepare(state), life);
        observer.checkpointed(ShardObserver.CheckpointPhase.PREPARE);
    }

    /** What happens under the lock. */
    @FunctionalInterface
    private interface Step {
        void run() throws LeaseLostException, InterruptedException;
    }
}
