package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A processor instance with the lease, until it dies or another takes it. */
final class ModelOwner implements Checkpoints, ShardObserver {
    private final ModelWorld world;
    private final ModelSettings settings;
    private final ModelLease lease;
    private final List<StreamRecord> stream;
    private final int number;
    private final ShardPipeline pipeline;
    private final Reading reading;
    private final ModelConfiguration configuration;
    private @Nullable Position handedOver;
    private boolean crashed;
    private boolean counterIsStale;

    ModelOwner(ModelWorld world) {
        this.world = world;
        this.settings = world.settings();
        this.lease = world.lease();
        this.stream = world.stream();
        this.number = lease.take();
        this.handedOver = lease.checkpoint;
        List<Reading> readings = List.of(Reading.values());
        this.reading = readings.get(world.choose(number == 1 ? readings.size() : 2));
        world.log(() -> "owner " + number + " reads after " + lease.checkpoint + ", pending " + lease.pending);
        this.configuration =
                settings.configurations().get(number % settings.configurations().size());
        PipelineSettings own = new PipelineSettings(
                "a",
                "st",
                settings.cutters().get(number % settings.cutters().size()),
                new Processing(transform()),
                new Destinations(
                        world.sinks().stream()
                                .map(sink -> sink.of(world, this, configuration))
                                .toList(),
                        null,
                        failurePolicy()),
                new RetryPolicy(Duration.ZERO, Duration.ZERO),
                new Buffers(Long.MAX_VALUE / 2, Integer.MAX_VALUE));
        pipeline = new ShardPipeline("s", own, settings.checkpoints().apply(this), this, time(), lease.pending);
    }

    private FailurePolicy failurePolicy() {
        return settings.hasDeadLetters()
                ? FailurePolicy.deadLetter(Duration.ZERO, world.deadLetters().of(world, this, configuration))
                : FailurePolicy.retry();
    }

    private Transform transform() {
        return new Transform() {
            @Override
            public List<Outcome> apply(StreamRecord record) {
                return configuration.transform(record);
            }

            @Override
            public String configuration() {
                return configuration.prefix();
            }
        };
    }

    private TimeSource time() {
        return new TimeSource() {
            @Override
            public boolean await(CountDownLatch latch, Duration length) {
                world.advance(length);
                return latch.getCount() == 0;
            }

            @Override
            public long nanoTime() {
                return world.nanos();
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        };
    }

    ModelConfiguration configuration() {
        return configuration;
    }

    int number() {
        return number;
    }

    /** Reads on and on, as KCL would have it, until it is dead or through. */
    void live() {
        int at = world.trimmed();
        while (at < stream.size() && lease.checkpoint != null && beforeRead(stream.get(at), lease.checkpoint)) {
            at++;
        }
        while (at < stream.size() && !pipeline.isOver()) {
            int end = endOfRead(at);
            boolean caughtUp = end == stream.size() && !settings.isClosed();
            handOver(stream.subList(at, end), caughtUp);
            at = end;
            between(at);
        }
        while (settings.isClosed() && !pipeline.isOver()) {
            if (pipeline.finish() && !isCalledAgain()) {
                break;
            }
        }
        while (!settings.isClosed() && !pipeline.isOver() && !world.isDone()) {
            tick();
        }
    }

    /** KCL calls shardEnded again when something of its own has failed. */
    private boolean isCalledAgain() {
        if (world.mayGoWrong() && world.choose(2) == 1) {
            world.goneWrong();
            return true;
        }
        return false;
    }

    /** KCL reads after the checkpointed Kinesis record when it reconnects before the first records. */
    private boolean beforeRead(StreamRecord record, Position checkpoint) {
        return Position.of(record).compareSequence(checkpoint) <= 0;
    }

    private int endOfRead(int at) {
        int end = at;
        for (int records = reading.records; records > 0 && end < stream.size(); records--) {
            String number = stream.get(end).sequenceNumber();
            while (end < stream.size() && stream.get(end).sequenceNumber().equals(number)) {
                end++;
            }
        }
        return end;
    }

    private void handOver(List<StreamRecord> records, boolean caughtUp) {
        handedOver = Position.of(records.get(records.size() - 1));
        world.log(() -> "owner " + number + " is offered " + records.size() + " up to " + handedOver);
        pipeline.offer(
                records.stream().map(Intake::new).toList(),
                caughtUp ? ShardPipeline.Reach.CAUGHT_UP : ShardPipeline.Reach.MORE);
    }

    /** Between two reads: nothing, the timer, a graceful stop, or a lost lease; records may be trimmed. */
    private void between(int at) {
        if (reading.ticks) {
            tick();
        }
        int kind = world.mayGoWrong() ? world.choose(settings.mayTrim() ? 4 : 3) : 0;
        if (kind > 0) {
            world.goneWrong();
        }
        switch (kind) {
            case 1 -> {
                world.log(() -> "owner " + number + " is stopped");
                pipeline.stop();
            }
            case 2 -> {
                world.log(() -> "owner " + number + " loses the lease");
                pipeline.discard();
            }
            case 3 -> {
                world.trim(Math.min(at, stream.size() - 1));
                pipeline.discard();
            }
            default -> {}
        }
    }

    private void tick() {
        world.log(() -> "owner " + number + " ticks");
        world.advance(settings.interval());
        pipeline.tick();
    }

    void die() {
        crashed = true;
        pipeline.discard();
    }

    void requireAlive() {
        if (crashed || world.isViolated()) {
            die();
            throw new ModelWorld.Failure("owner " + number + " is dead");
        }
    }

    /** A write to the lease table: lost if another has the lease, or an answer was lost before. */
    private void table(Supplier<String> what, Runnable effect) throws LeaseLostException, CheckpointFailedException {
        if (crashed || world.isViolated() || counterIsStale || !lease.isHeldBy(number)) {
            throw new LeaseLostException("owner " + number);
        }
        try {
            world.step(this, what, () -> {
                if (lease.isHeldBy(number) && !crashed) {
                    effect.run();
                    counterIsStale = true;
                }
            });
            if (!lease.isHeldBy(number)) {
                throw new LeaseLostException("another came meanwhile");
            }
            counterIsStale = false;
        } catch (ModelWorld.Failure e) {
            throw new CheckpointFailedException(e);
        }
    }

    @Override
    public void prepare(BatchState state) throws LeaseLostException, CheckpointFailedException {
        requirePermitted(state.cut());
        BatchState kept = BatchState.fromBytes(state.toBytes());
        table(() -> "prepare " + state.cut(), () -> lease.pending = kept);
    }

    @Override
    public void commit(Position upTo) throws LeaseLostException, CheckpointFailedException {
        requirePermitted(upTo);
        table(() -> "commit " + upTo, () -> {
            lease.checkpoint = upTo;
            lease.pending = null;
            world.committed(this);
        });
    }

    @Override
    public void commitShardEnd() throws LeaseLostException, CheckpointFailedException {
        table(() -> "commit the shard's end", () -> {
            lease.checkpoint = world.lastPosition();
            lease.pending = null;
            lease.shardEnd = true;
            world.committed(this);
        });
    }

    /** Commits what was handed over: KCL's form without arguments. */
    void commitHandedOver() throws LeaseLostException, CheckpointFailedException {
        commit(requireNonNull(handedOver));
    }

    private void requirePermitted(Position position) {
        if ((lease.checkpoint != null && position.compareTo(lease.checkpoint) < 0 && lease.isHeldBy(number))
                || position.compareTo(requireNonNull(handedOver)) > 0) {
            throw new IllegalArgumentException(
                    "KCL refuses " + position + " between " + lease.checkpoint + " and " + handedOver);
        }
    }

    @Override
    public void broken(String shardId, Throwable cause) {
        world.check(() -> {
            throw new AssertionError("the pipeline broke: " + cause, cause);
        });
    }

    @Override
    public void halted(String shardId, String sinks) {}

    @Override
    public void deadLettered(String shardId, String sinks) {}

    @Override
    public void differs(String shardId, BatchState was, long recordsNow) {
        world.log(() -> "owner " + number + " cannot read " + was + " again, only " + recordsNow);
        if (!settings.mayTrim()) {
            world.check(() -> {
                throw new AssertionError("a batch differs although nothing was trimmed");
            });
        }
    }

    @Override
    public void committed(String shardId, OutcomeCounts counts) {}

    @Override
    public void checkpointed(CheckpointPhase phase) {}

    @Override
    public void failing(String shardId, String what, int failures, Throwable cause) {}

    @Override
    public void working(String shardId) {}

    @Override
    public void behind(String shardId, long millis) {}

    @Override
    public void ended(String shardId) {}

    /** How an owner reads. */
    private enum Reading {
        ALL(100, false),
        ONE_BY_ONE_WITH_TICKS(1, true),
        ONE_BY_ONE(1, false),
        TWO_BY_TWO_WITH_TICKS(2, true);

        private final int records;
        private final boolean ticks;

        Reading(int records, boolean ticks) {
            this.records = records;
            this.ticks = ticks;
        }
    }
}
