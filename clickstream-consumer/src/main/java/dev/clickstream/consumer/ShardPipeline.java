package dev.clickstream.consumer;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
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
    private final Lifeline life;
    private final String shardId;
    private final PipelineSettings settings;
    private final Transformation transformation;
    private final Checkpoints checkpoints;
    private final Delivery delivery;
    private final Manifests manifests;
    private final ShardObserver observer;
    private final TimeSource time;
    private final Buffers.Share share;
    private @Nullable BatchState pending;
    private @Nullable Position last;
    private volatile OpenBatch open;
    private volatile boolean halted;
    /** What KCL said at the last read. */
    private volatile Lag read;
    /** What it had said when the oldest record came that is not delivered; null when there is none. */
    private volatile @Nullable Lag oldest;
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
        this.transformation = new Transformation(settings.processing());
        this.checkpoints = checkpoints;
        this.delivery = new Delivery(shardId, settings, observer, time);
        this.manifests = new Manifests(settings.destinations().all());
        this.life = new Lifeline(time);
        this.observer = observer;
        this.time = time;
        this.pending = pending;
        this.share = settings.buffers().open();
        this.read = new Lag(0, time.nanoTime());
        this.oldest = pending == null ? null : read;
        this.open = empty(List.of());
    }

    private OpenBatch empty(List<SinkBuffer> buffers) {
        return new OpenBatch(
                time.nanoTime(), settings.destinations(), settings.processing().lateCopies(), buffers);
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
            int portion = transformation.portion();
            for (int from = 0; from < intakes.size(); from += portion) {
                take(intakes.subList(from, Math.min(from + portion, intakes.size())));
            }
            if (pending != null) {
                if (reach == Reach.CAUGHT_UP || reached(pending)) {
                    deliverAgain(pending);
                }
            } else if (mustCut()) {
                deliver();
            }
        });
    }

    /** Whether a tick may have something to do: a guess without the lock, so that most ticks need no thread. */
    boolean isDue() {
        return !life.isOver() && !lock.isLocked() && mustCut();
    }

    private boolean mustCut() {
        return !open.isEmpty() && (settings.cutter().isDue(open, time.nanoTime()) || share.isDue());
    }

    /** KCL has read so far; what it read comes next. */
    void behind(long millis) {
        read = new Lag(millis, time.nanoTime());
    }

    /** How old the oldest record is that is not delivered, or how far behind the shard is. No wall clock is asked. */
    Duration age() {
        Lag waiting = oldest;
        Lag lag = waiting == null ? read : waiting;
        return Duration.ofMillis(lag.millis).plusNanos(time.nanoTime() - lag.atNanos);
    }

    /** Delivers what is due by time; does nothing while the pipeline is busy. */
    void tick() {
        if (lock.tryLock()) {
            try {
                locked(() -> {
                    if (pending == null && mustCut()) {
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
            delivery.insist("checkpoint", checkpoints::commitShardEnd, life);
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
            share.close();
            observer.ended(shardId);
        }
    }

    boolean isOver() {
        return life.isOver();
    }

    /** Whether it waits for its end. */
    boolean isHalted() {
        return halted;
    }

    String shardId() {
        return shardId;
    }

    /** For how long it has been in one step; 0 if it is in none. */
    long busyNanos() {
        long since = busySince;
        return since == 0 || halted ? 0 : time.nanoTime() - since;
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

    private void take(List<Intake> intakes) throws LeaseLostException, InterruptedException {
        List<List<Outcome>> outcomes = transformation.of(intakes);
        for (int i = 0; i < outcomes.size(); i++) {
            take(intakes.get(i), outcomes.get(i));
        }
    }

    private void take(Intake intake, List<Outcome> outcomes) throws LeaseLostException, InterruptedException {
        StreamRecord record = intake.record();
        Position at = Position.of(record);
        if (last != null && at.compareTo(last) <= 0) {
            return; // handed over before: a subscription that starts again may repeat itself
        }
        if (pending != null) {
            if (at.compareSequence(pending.cut()) > 0) {
                deliverAgain(pending);
            }
        } else if (open.endsBefore(at) && (settings.cutter().isFull(open) || share.isFull())) {
            deliver();
        }
        if (open.isEmpty()) {
            open = begin(record);
        }
        open.add(intake, outcomes);
        share.holds(open.heldBytes(), open.objects());
        last = at;
    }

    private boolean reached(BatchState state) {
        return last != null && last.compareSequence(state.cut()) >= 0;
    }

    /** A batch that begins with this record; or the pending one, of which it is the first that is left. */
    private OpenBatch begin(StreamRecord record) {
        if (oldest == null) {
            oldest = read;
        }
        String first = pending == null ? record.sequenceNumber() : pending.first();
        Instant arrival = pending == null ? record.arrival().truncatedTo(ChronoUnit.MILLIS) : pending.firstArrival();
        BatchId id = new BatchId(settings.application(), settings.stream(), shardId, first);
        return empty(settings.destinations().all().stream()
                .map(sink -> sink.open(id, arrival))
                .toList());
    }

    private void deliver() throws LeaseLostException, InterruptedException {
        BatchState cut = open.cut(settings);
        Manifest manifest = new Manifest(seal(), List.of());
        complete(remember(cut, manifest), Batch.Content.WHOLE, manifest);
    }

    /** The pending batch has been read again, or as much of it as there is: the same batch, under the same id. */
    private void deliverAgain(BatchState was) throws LeaseLostException, InterruptedException {
        if (open.isEmpty()) {
            observer.differs(shardId, was, 0);
            pending = null;
            oldest = null;
            return;
        }
        BatchState now = open.cut(settings);
        boolean same = now.sameRecords(was);
        if (!same) {
            observer.differs(shardId, was, now.count());
        }
        Manifest earlier = recall(was);
        List<ManifestEntry> objects = seal();
        boolean isAlike = was.configuration().equals(now.configuration())
                && was.givenUp().isEmpty()
                && objects.equals(earlier.objects());
        if (!isAlike) {
            // Whoever meant to write otherwise may still be at it.
            life.pause(was.writeBound());
        }
        Manifest manifest = same ? Manifest.replacing(earlier, objects) : Manifest.beside(earlier, objects);
        BatchState again = remember(was.endingAt(now), manifest);
        complete(again, same ? Batch.Content.WHOLE : Batch.Content.DIFFERENT, manifest);
        manifests.forget(was);
        pending = null;
    }

    private List<ManifestEntry> seal() {
        return open.hasOutput()
                ? open.buffers().stream()
                        .flatMap(buffer -> buffer.seal().stream())
                        .toList()
                : List.of();
    }

    private BatchState remember(BatchState state, Manifest manifest) throws LeaseLostException, InterruptedException {
        BatchState[] remembered = {state};
        delivery.insist("manifest", () -> remembered[0] = manifests.write(state, manifest), life);
        return remembered[0];
    }

    private Manifest recall(BatchState state) throws LeaseLostException, InterruptedException {
        Manifest[] manifest = {Manifest.NONE};
        delivery.insist("manifest", () -> manifest[0] = manifests.read(state), life);
        return manifest[0];
    }

    private void complete(BatchState state, Batch.Content content, Manifest manifest)
            throws LeaseLostException, InterruptedException {
        BatchState delivered = open.hasOutput() || !manifest.isEmpty() ? deliver(state, content, manifest) : state;
        delivery.insist("checkpoint", () -> checkpoints.commit(state.cut()), life);
        observer.checkpointed(ShardObserver.CheckpointPhase.COMMIT);
        observer.committed(shardId, open.counts());
        manifests.forget(delivered);
        open = empty(List.of());
        share.holds(0, 0);
        oldest = null;
    }

    /** Returns the state that was prepared last: what it says of who was given up is part of it. */
    private BatchState deliver(BatchState state, Batch.Content content, Manifest manifest)
            throws LeaseLostException, InterruptedException {
        try {
            delivery.deliver(open, content, manifest.stale(), state.givenUp(), () -> prepare(state), life);
            return state;
        } catch (GivenUpException e) {
            String refusing = e.sinks().stream()
                    .map(sink -> settings.destinations().all().get(sink).name())
                    .collect(Collectors.joining(", "));
            if (settings.destinations().failurePolicy().kind() == FailurePolicy.Kind.HALT) {
                halt(refusing);
            }
            observer.deadLettered(shardId, refusing);
            // With the decision in it the state may have no room for the manifest any more.
            BatchState decided = remember(state.givingUp(e.sinks()), manifest);
            // Written before it is acted on; and who held the lease before may still be at those that refuse.
            prepare(decided);
            life.pause(decided.writeBound());
            return deliver(decided, content, manifest);
        }
    }

    /** Does nothing more, and lets KCL wait, until it ends: with the lease, or the worker. */
    private void halt(String refusing) throws LeaseLostException, InterruptedException {
        halted = true;
        observer.halted(shardId, refusing);
        while (true) {
            life.pause(Duration.ofDays(1));
        }
    }

    private void prepare(BatchState state) throws LeaseLostException, InterruptedException {
        delivery.insist("checkpoint", () -> checkpoints.prepare(state), life);
        observer.checkpointed(ShardObserver.CheckpointPhase.PREPARE);
    }

    /** How far behind something was, and when. */
    private record Lag(long millis, long atNanos) {}

    /** What happens under the lock. */
    @FunctionalInterface
    private interface Step {
        void run() throws LeaseLostException, InterruptedException;
    }
}
