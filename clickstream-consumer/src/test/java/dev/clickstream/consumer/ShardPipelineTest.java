package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** One stage at a time; {@link ProtocolModelTest} explores what happens between them. */
class ShardPipelineTest {
    private final List<String> log = new ArrayList<>();
    private final List<Throwable> broken = new ArrayList<>();
    private final InMemorySink sink = new InMemorySink();
    private long now;

    private final TimeSource time = new TimeSource() {
        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    };

    private final Checkpoints checkpoints = new Checkpoints() {
        @Override
        public void prepare(BatchState state) {
            log.add("prepare " + BatchState.fromBytes(state.toBytes()).cut());
        }

        @Override
        public void commit(Position upTo) {
            log.add("commit " + upTo);
        }

        @Override
        public void commitShardEnd() {
            log.add("end");
        }
    };

    private PipelineSettings settings(Transform transform, Sink... sinks) {
        return settings(new Buffers(Long.MAX_VALUE / 2, Integer.MAX_VALUE), transform, sinks);
    }

    private static PipelineSettings settings(Buffers buffers, Transform transform, Sink... sinks) {
        return new PipelineSettings(
                "app",
                "st",
                new BatchCutter(300, Duration.ofSeconds(10)),
                new Processing(transform),
                new Destinations(Arrays.asList(sinks), null, FailurePolicy.retry()),
                new RetryPolicy(Duration.ZERO, Duration.ZERO),
                buffers);
    }

    private ShardPipeline pipeline(PipelineSettings settings, BatchState pending) {
        return new ShardPipeline("sh", settings, checkpoints, new Quiet(), time, pending);
    }

    private final class Quiet implements ShardObserver {
        @Override
        public void committed(String shardId, OutcomeCounts counts) {}

        @Override
        public void checkpointed(CheckpointPhase phase) {}

        @Override
        public void failing(String shardId, String what, int failures, Throwable cause) {}

        @Override
        public void working(String shardId) {}

        @Override
        public void halted(String shardId, String sinks) {
            log.add("halted by " + sinks);
        }

        @Override
        public void deadLettered(String shardId, String sinks) {
            log.add("dead letter of " + sinks);
        }

        @Override
        public void differs(String shardId, BatchState pending, long recordsNow) {
            log.add("differs");
        }

        @Override
        public void broken(String shardId, Throwable cause) {
            broken.add(cause);
        }

        @Override
        public void behind(String shardId, long millis) {}

        @Override
        public void ended(String shardId) {}
    }

    private static List<Intake> records(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Intake(
                        new StreamRecord("sh", Integer.toString(i), 0, "k", Instant.EPOCH, new byte[] {(byte) i})))
                .toList();
    }

    private static void offer(ShardPipeline pipeline, int from, int to) {
        pipeline.offer(records(from, to), ShardPipeline.Reach.MORE);
    }

    @Test
    void batch_isCutByTime_whileNoRecordComes() {
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), sink), null);
        offer(pipeline, 10, 12);
        now = Duration.ofMillis(9_999).toNanos();
        assertThat(pipeline.isDue()).isFalse();
        pipeline.tick();
        assertThat(log).isEmpty();

        now = Duration.ofSeconds(10).toNanos();
        assertThat(pipeline.isDue()).isTrue();
        pipeline.tick();

        assertThat(log).containsExactly("prepare 11.0", "commit 11.0");
        assertThat(sink.rows()).hasSize(2);
        assertThat(pipeline.isDue()).isFalse();
    }

    @Test
    void batch_isCutBySize() {
        offer(pipeline(settings(Transform.passThrough(), sink), null), 10, 20);

        assertThat(log).containsExactly("prepare 14.0", "commit 14.0", "prepare 19.0", "commit 19.0");
    }

    @Test
    void batchWithoutOutput_isCommittedDirectly() {
        ShardPipeline pipeline = pipeline(settings(record -> List.of(new Outcome.Dropped("d")), sink), null);
        offer(pipeline, 10, 20);
        assertThat(log).isEmpty();

        now = Duration.ofSeconds(10).toNanos();
        pipeline.tick();

        assertThat(log).containsExactly("commit 19.0");
    }

    @Test
    void batch_isCutEarly_whenAllShardsTogetherHoldTooMuch() {
        Buffers buffers = new Buffers(200, 100);
        PipelineSettings settings = settings(buffers, Transform.passThrough(), sink);
        ShardPipeline one = pipeline(settings, null);
        ShardPipeline other = pipeline(settings, null);
        offer(one, 10, 11);
        assertThat(log).isEmpty();

        offer(other, 20, 22);

        assertThat(log).containsExactly("prepare 21.0", "commit 21.0");
        assertThat(buffers.bytes()).isEqualTo(65);
        one.discard();
        assertThat(buffers.bytes()).isZero();
    }

    @Test
    void memoryBound_neverCuts_whileABatchIsPending() {
        BatchState pending = new BatchState(
                "10", Instant.EPOCH, new Position("19", 0), 10, "x", "c", Duration.ZERO, BatchState.NONE, "");
        PipelineSettings settings = settings(new Buffers(100, 100), Transform.passThrough(), new QuickSink(sink));
        ShardPipeline pipeline = pipeline(settings, pending);

        offer(pipeline, 10, 19);
        pipeline.tick();

        assertThat(log).isEmpty();
    }

    @Test
    void age_isOfTheOldestRecordThatIsNotDelivered() {
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), sink), null);
        pipeline.behind(5_000);
        assertThat(pipeline.age()).isEqualTo(Duration.ofSeconds(5));
        offer(pipeline, 10, 11);
        now = Duration.ofSeconds(3).toNanos();
        pipeline.behind(1_000);
        offer(pipeline, 11, 12);
        assertThat(pipeline.age()).isEqualTo(Duration.ofSeconds(8));

        now = Duration.ofSeconds(10).toNanos();
        pipeline.tick();

        assertThat(pipeline.age()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void records_handedOverTwice_countOnce() {
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), sink), null);
        offer(pipeline, 10, 12);
        offer(pipeline, 10, 13);
        pipeline.stop();

        assertThat(sink.rows()).hasSize(3);
    }

    @Test
    void ended_takesNothingMore() {
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), sink), null);
        offer(pipeline, 10, 12);
        pipeline.discard();
        offer(pipeline, 12, 30);

        assertThat(pipeline.finish()).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void shardEnd_deliversTheRest_andMayBeRepeated() {
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), sink), null);
        offer(pipeline, 10, 12);

        assertThat(pipeline.finish()).isTrue();
        assertThat(pipeline.finish()).isTrue();
        assertThat(log).containsExactly("prepare 11.0", "commit 11.0", "end", "end");
    }

    @Test
    void error_inATransform_endsThePipeline_andNothingIsCommitted() {
        Transform failing = record -> {
            throw new NoClassDefFoundError("gone");
        };
        ShardPipeline pipeline = pipeline(settings(failing, sink), null);
        offer(pipeline, 10, 30);

        assertThat(pipeline.isOver()).isTrue();
        assertThat(broken).singleElement().isInstanceOf(NoClassDefFoundError.class);
        assertThat(log).isEmpty();
    }

    @Test
    void unreadableRest_isDeliveredUnderTheSameId_asDifferent() {
        BatchState pending = new BatchState(
                "8", Instant.EPOCH, new Position("11", 0), 4, "x", "c", Duration.ZERO, BatchState.NONE, "");
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), new QuickSink(sink)), pending);
        offer(pipeline, 10, 13);
        pipeline.stop();

        assertThat(log).containsExactly("differs", "prepare 11.0", "commit 11.0", "prepare 12.0", "commit 12.0");
        assertThat(sink.batches().get(0).id().firstSequenceNumber()).isEqualTo("8");
        assertThat(sink.batches().get(0).content()).isEqualTo(Batch.Content.DIFFERENT);
        assertThat(sink.batches().get(1).content()).isEqualTo(Batch.Content.WHOLE);
    }

    @Test
    void identity_isThatOfThePendingBatch_notOfWhatIsLeftOfIt() {
        BatchState pending = new BatchState(
                "8", Instant.EPOCH, new Position("11", 0), 4, "x", "c", Duration.ZERO, BatchState.NONE, "");
        List<BatchState> prepared = new ArrayList<>();
        Checkpoints noting = new Checkpoints() {
            @Override
            public void prepare(BatchState state) {
                prepared.add(state);
            }

            @Override
            public void commit(Position upTo) {}

            @Override
            public void commitShardEnd() {}
        };
        ShardPipeline pipeline = new ShardPipeline(
                "sh", settings(Transform.passThrough(), new QuickSink(sink)), noting, new Quiet(), time, pending);
        offer(pipeline, 10, 12);

        BatchState again = prepared.get(0);
        assertThat(List.of(again.first(), again.count(), again.digest())).isEqualTo(List.of("8", 4L, "x"));
        assertThat(sink.batches().get(0).id().firstSequenceNumber()).isEqualTo("8");
    }

    @Test
    void pendingBatch_ofWhichNothingIsLeft_isGivenUpWhenCaughtUp() {
        BatchState pending = new BatchState(
                "8", Instant.EPOCH, new Position("9", 0), 2, "x", "c", Duration.ZERO, BatchState.NONE, "");
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), new QuickSink(sink)), pending);
        pipeline.offer(List.of(), ShardPipeline.Reach.CAUGHT_UP);
        assertThat(log).containsExactly("differs");

        offer(pipeline, 10, 20);
        assertThat(log).contains("commit 14.0");
    }

    @Test
    @Timeout(20)
    void foreignConfiguration_isGivenTimeToFinish_unlessThePipelineEnds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Sink slow = new Sink() {
            @Override
            public void deliver(Batch batch) {
                log.add("delivered");
            }

            @Override
            public Duration writeBound() {
                asked.countDown();
                return Duration.ofHours(1);
            }
        };
        BatchState pending = new BatchState(
                "10",
                Instant.EPOCH,
                new Position("11", 0),
                2,
                "x",
                "foreign",
                Duration.ofHours(1),
                BatchState.NONE,
                "");
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), slow), pending);
        Thread offering = new Thread(() -> offer(pipeline, 10, 12));
        offering.start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        pipeline.tick();

        pipeline.discard();
        offering.join();

        assertThat(log).containsExactly("differs");
    }

    @Test
    void sameConfiguration_doesNotWait() {
        PipelineSettings settings = settings(Transform.passThrough(), sink);
        ShardPipeline first = pipeline(settings, null);
        List<BatchState> states = new ArrayList<>();
        OpenBatch open = new OpenBatch(0, settings.destinations(), LateCopies.KEEP, List.of());
        records(10, 12).forEach(intake -> open.add(intake, List.of(new Outcome.Ok(new byte[1]))));
        states.add(open.cut(settings));
        first.discard();

        offer(pipeline(settings, states.get(0)), 10, 12);

        assertThat(log).containsExactly("prepare 11.0", "commit 11.0");
        assertThat(sink.batches()).singleElement().matches(batch -> batch.content() == Batch.Content.WHOLE);
    }

    @Test
    void fingerprint_isOfTransformAndSinks_andKnowsNoLambdasName() {
        Transform one = record -> List.of();
        Transform other = record -> List.of(new Outcome.Dropped("d"));

        assertThat(settings(one, sink).fingerprint())
                .isEqualTo(settings(other, sink).fingerprint())
                .isNotEqualTo(settings(Transform.passThrough(), sink).fingerprint())
                .isNotEqualTo(settings(one, sink, sink).fingerprint());
    }

    /** Refuses for ever, and each refusal takes a minute. */
    private Sink refusing(InMemorySink target) {
        return batch -> {
            now += Duration.ofMinutes(1).toNanos();
            log.add("refused");
            if (!target.batches().isEmpty()) {
                throw new IllegalStateException("has been given up, and is asked again");
            }
            throw new IllegalStateException("refused");
        };
    }

    private PipelineSettings settings(FailurePolicy policy, Sink... sinks) {
        return new PipelineSettings(
                "app",
                "st",
                new BatchCutter(300, Duration.ofSeconds(10)),
                new Processing(Transform.passThrough()),
                new Destinations(
                        Arrays.stream(sinks)
                                .map(QuickSink::new)
                                .map(Sink.class::cast)
                                .toList(),
                        null,
                        policy),
                new RetryPolicy(Duration.ZERO, Duration.ZERO),
                new Buffers(Long.MAX_VALUE / 2, Integer.MAX_VALUE));
    }

    @Test
    void refusedBatch_goesToTheDeadLetters_afterTheDecisionIsWritten_andTheShardGoesOn() {
        InMemorySink deadLetters = new InMemorySink();
        InMemorySink other = new InMemorySink();
        PipelineSettings settings = settings(
                FailurePolicy.deadLetter(Duration.ofMinutes(2), new QuickSink(deadLetters)),
                refusing(deadLetters),
                other);
        List<BatchState> prepared = new ArrayList<>();
        Checkpoints noting = new Checkpoints() {
            @Override
            public void prepare(BatchState state) {
                assertThat(deadLetters.batches()).isEmpty();
                prepared.add(BatchState.fromBytes(state.toBytes()));
            }

            @Override
            public void commit(Position upTo) {
                log.add("commit " + upTo);
            }

            @Override
            public void commitShardEnd() {}
        };
        ShardPipeline pipeline = new ShardPipeline("sh", settings, noting, new Quiet(), time, null);
        offer(pipeline, 10, 12);
        pipeline.stop();

        assertThat(log).hasSize(4).startsWith("refused", "refused").endsWith("commit 11.0");
        assertThat(log.get(2)).startsWith("dead letter of ");
        assertThat(prepared).extracting(BatchState::givenUp).last().isEqualTo(new TreeSet<>(List.of(0)));
        assertThat(deadLetters.rows()).hasSize(2);
        assertThat(other.rows()).hasSize(2);
    }

    /** It needs room in the state, and may move the manifest out of one that just held it. */
    @Test
    void decisionForTheDeadLetters_isWritten_howeverLongTheManifest() {
        for (int length = 500; length < 1_000; length++) {
            InMemorySink deadLetters = new InMemorySink();
            FailurePolicy policy = FailurePolicy.deadLetter(Duration.ofMinutes(2), new QuickSink(deadLetters));
            Sink wordy = new WordySink(refusing(deadLetters), length);
            ShardPipeline pipeline = pipeline(
                    settings(new Processing(Transform.passThrough()), new Destinations(List.of(wordy), null, policy)),
                    null);
            offer(pipeline, 10, 12);
            pipeline.stop();

            assertThat(deadLetters.rows()).as("with %d", length).hasSize(2);
        }
    }

    /** Says that it writes one object, with a name of this length. */
    private record WordySink(Sink sink, int length) implements Sink {
        @Override
        public void deliver(Batch batch) throws Exception {
            sink.deliver(batch);
        }

        @Override
        public SinkBuffer open(BatchId id, Instant firstArrival) {
            return new ForwardingBuffer(new RowsBuffer(this, id, firstArrival)) {
                @Override
                public List<ManifestEntry> seal() {
                    return List.of(new ManifestEntry("x".repeat(length), "digest"));
                }
            };
        }

        @Override
        public ManifestStore manifestStore() {
            return new ManifestStore() {
                @Override
                public String write(byte[] content) {
                    return "elsewhere";
                }

                @Override
                public byte[] read(String uri) {
                    throw new IllegalStateException("nobody has crashed");
                }

                @Override
                public void delete(String uri) {}
            };
        }

        @Override
        public Duration writeBound() {
            return Duration.ofMillis(1);
        }
    }

    @Test
    void decisionForTheDeadLetters_outlivesACrash() {
        InMemorySink deadLetters = new InMemorySink();
        PipelineSettings settings = settings(
                FailurePolicy.deadLetter(Duration.ofMinutes(2), new QuickSink(deadLetters)), refusing(deadLetters));
        OpenBatch cut = new OpenBatch(0, settings.destinations(), LateCopies.KEEP, List.of());
        records(10, 12).forEach(intake -> cut.add(intake, List.of(new Outcome.Ok(new byte[1]))));
        BatchState decided = cut.cut(settings).givingUp(new TreeSet<>(List.of(0)));

        offer(pipeline(settings, decided), 10, 12);

        assertThat(log).containsExactly("prepare 11.0", "commit 11.0");
        assertThat(deadLetters.rows()).hasSize(2);
    }

    @Test
    @Timeout(20)
    void refusedBatch_haltsItsShard_untilThePipelineEnds() throws Exception {
        PipelineSettings settings = settings(FailurePolicy.halt(Duration.ofMinutes(3)), refusing(new InMemorySink()));
        ShardPipeline pipeline = pipeline(settings, null);
        Thread kcl = new Thread(() -> offer(pipeline, 10, 30));
        kcl.start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(pipeline::isHalted);
        assertThat(pipeline.busyNanos()).isZero();

        pipeline.discard();
        kcl.join();

        assertThat(log).filteredOn("refused"::equals).hasSize(3);
        assertThat(log).noneMatch(line -> line.startsWith("commit"));
        assertThat(log.get(log.size() - 1)).startsWith("halted by ");
    }

    private PipelineSettings settings(Processing processing, Destinations destinations) {
        return new PipelineSettings(
                "app",
                "st",
                new BatchCutter(100_000, Duration.ofSeconds(10)),
                processing,
                destinations,
                new RetryPolicy(Duration.ZERO, Duration.ZERO),
                new Buffers(Long.MAX_VALUE / 2, Integer.MAX_VALUE));
    }

    @Test
    void sourceBackup_getsEveryRecordAsItCame_alsoWhatIsDroppedOrFails() {
        InMemorySink backup = new InMemorySink();
        Transform transform = record -> switch (record.data()[0] % 3) {
            case 0 -> List.of(new Outcome.Dropped("d"));
            case 1 -> List.of(new Outcome.Failed("f", "m"));
            default -> List.of(new Outcome.Ok(new byte[9]), new Outcome.Ok(new byte[8]));
        };
        ShardPipeline pipeline = pipeline(
                settings(new Processing(transform), new Destinations(List.of(sink), backup, FailurePolicy.retry())),
                null);
        offer(pipeline, 12, 18);
        pipeline.offer(
                List.of(new Intake(records(18, 19).get(0).record(), new Outcome.Dropped(KclRecords.OUTSIDE_SHARD))),
                ShardPipeline.Reach.MORE);
        pipeline.stop();

        assertThat(backup.rows()).extracting(row -> (int) row.data()[0]).containsExactly(12, 13, 14, 15, 16, 17);
        assertThat(backup.batches().get(0).failures()).isEmpty();
        assertThat(sink.rows()).hasSize(4);
        assertThat(sink.batches().get(0).failures()).hasSize(2);
        assertThat(log).containsExactly("prepare 18.0", "commit 18.0");
    }

    @Test
    void sourceBackup_isWaitedFor_alsoWhereOthersGoToTheDeadLetters() {
        InMemorySink deadLetters = new InMemorySink();
        AtomicInteger refusals = new AtomicInteger();
        InMemorySink backedUp = new InMemorySink();
        Sink refusing = batch -> {
            now += Duration.ofMinutes(1).toNanos();
            if (refusals.incrementAndGet() < 10) {
                throw new IllegalStateException("refused");
            }
            backedUp.deliver(batch);
        };
        FailurePolicy policy = FailurePolicy.deadLetter(Duration.ofMinutes(2), new QuickSink(deadLetters));
        ShardPipeline pipeline = pipeline(
                settings(new Processing(Transform.passThrough()), new Destinations(List.of(sink), refusing, policy)),
                null);
        offer(pipeline, 10, 12);
        pipeline.stop();

        assertThat(refusals).hasValue(10);
        assertThat(backedUp.rows()).hasSize(2);
        assertThat(deadLetters.batches()).isEmpty();
        assertThat(log).contains("commit 11.0");
    }

    private static Intake numbered(int place, long producerSequence) {
        String event = "{\"producer_id\":\"p\",\"producer_epoch\":1,\"producer_sequence\":" + producerSequence + "}";
        byte[] data = event.getBytes(StandardCharsets.UTF_8);
        return new Intake(new StreamRecord("sh", Integer.toString(place), 0, "k", Instant.EPOCH, data));
    }

    @Test
    void lateCopies_areDropped_andTheSameAgainAfterACrash() {
        Processing dropping = new Processing(Transform.passThrough(), 1, Runnable::run, LateCopies.DROP);
        PipelineSettings settings = settings(dropping, new Destinations(List.of(sink), null, FailurePolicy.retry()));
        List<Intake> batch = List.of(numbered(10, 1), numbered(11, 2), numbered(12, 1));
        ShardPipeline first = pipeline(settings, null);
        first.offer(List.of(numbered(9, 2)), ShardPipeline.Reach.MORE);
        now += Duration.ofSeconds(10).toNanos();
        first.tick();
        first.offer(batch, ShardPipeline.Reach.MORE);
        first.stop();

        OpenBatch cut = new OpenBatch(0, settings.destinations(), LateCopies.DROP, List.of());
        batch.forEach(intake -> cut.add(intake, List.of(new Outcome.Ok(new byte[1]))));
        InMemorySink again = new InMemorySink();
        PipelineSettings restarted = settings(dropping, new Destinations(List.of(again), null, FailurePolicy.retry()));
        ShardPipeline second = pipeline(restarted, cut.cut(settings));
        second.offer(batch, ShardPipeline.Reach.MORE);
        second.stop();

        assertThat(sink.batches()).hasSize(2);
        assertThat(sink.batches().get(1).rows()).hasSize(2);
        assertThat(again.batches()).hasSize(1);
        assertThat(again.rows()).hasSize(2);
        assertThat(log).doesNotContain("differs");
    }

    /** What a write leaves behind is gone at once. */
    private record QuickSink(Sink target) implements Sink {
        @Override
        public void deliver(Batch batch) throws Exception {
            target.deliver(batch);
        }

        @Override
        public Duration writeBound() {
            return Duration.ZERO;
        }
    }

    @Test
    @Timeout(20)
    void pipelineInASinkThatHangs_tellsForHowLong() throws InterruptedException {
        CountDownLatch inSink = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Sink hanging = batch -> {
            inSink.countDown();
            goOn.await();
        };
        ShardPipeline pipeline = pipeline(settings(Transform.passThrough(), hanging), null);
        assertThat(pipeline.busyNanos()).isZero();
        Thread kcl = new Thread(pipeline::stop);
        offer(pipeline, 10, 11);
        kcl.start();
        inSink.await();
        now += Duration.ofMinutes(6).toNanos();
        assertThat(pipeline.busyNanos())
                .isGreaterThanOrEqualTo(Duration.ofMinutes(6).toNanos() - 1);
        goOn.countDown();
        kcl.join();
        assertThat(pipeline.busyNanos()).isZero();
    }

    @Test
    void checkpointThatWorkedAgain_isNoReasonAnyMore() {
        WorkerStatus status = new WorkerStatus(null);
        AtomicInteger attempts = new AtomicInteger();
        Checkpoints stumbling = new Checkpoints() {
            @Override
            public void prepare(BatchState state) {}

            @Override
            public void commit(Position upTo) throws CheckpointFailedException {
                if (attempts.incrementAndGet() == 1) {
                    throw new CheckpointFailedException(new IllegalStateException());
                }
            }

            @Override
            public void commitShardEnd() {}
        };
        ShardPipeline pipeline =
                new ShardPipeline("sh", settings(Transform.passThrough(), sink), stumbling, status, time, null);
        offer(pipeline, 10, 11);
        now += Duration.ofSeconds(11).toNanos();
        pipeline.tick();

        assertThat(attempts).hasValue(2);
        assertThat(status.reasons()).isEmpty();
    }

    @Test
    void pendingStateOfSomebodyElse_isTold_andThrownOn_soThatKclTriesAgain() {
        WorkerStatus status = new WorkerStatus(null);
        KclProcessor processor =
                new KclProcessor(new KclPipelines(settings(Transform.passThrough(), sink), status, time));
        InitializationInput foreign = InitializationInput.builder()
                .shardId("sh")
                .extendedSequenceNumber(ExtendedSequenceNumber.TRIM_HORIZON)
                .pendingCheckpointSequenceNumber(new ExtendedSequenceNumber("5"))
                .pendingCheckpointState("v=2 x=y".getBytes(StandardCharsets.UTF_8))
                .build();

        assertThatThrownBy(() -> processor.initialize(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThat(status.reasons())
                .containsExactly("sh: opening failed 1 times, last with java.lang.IllegalArgumentException");
        processor.initialize(InitializationInput.builder()
                .shardId("sh")
                .extendedSequenceNumber(ExtendedSequenceNumber.TRIM_HORIZON)
                .build());
        assertThat(status.reasons()).isEmpty();
    }

    @Test
    @Timeout(20)
    void pipelinesThatAreWell_deliverBeforeAnotherOnesRestart_andAStuckOneHoldsNobodyUp() {
        CountDownLatch never = new CountDownLatch(1);
        Sink stuckOnOne = batch -> {
            if (batch.id().shardId().equals("stuck")) {
                never.await();
            }
            sink.deliver(batch);
        };
        KclPipelines pipelines =
                new KclPipelines(settings(Transform.passThrough(), stuckOnOne), new Quiet(), TimeSource.SYSTEM);
        ShardPipeline well = pipelines.open("well", checkpoints, null);
        ShardPipeline stuck = pipelines.open("stuck", checkpoints, null);
        ShardPipeline broken = pipelines.open("broken", checkpoints, null);
        List.of(well, stuck, broken).forEach(pipeline -> offer(pipeline, 10, 12));
        broken.discard();

        pipelines.stopAll(Duration.ofMillis(500));

        assertThat(sink.rows()).hasSize(2);
        assertThat(log).filteredOn(line -> line.startsWith("commit")).containsExactly("commit 11.0");
        assertThat(pipelines.all()).allMatch(ShardPipeline::isOver);
        never.countDown();
    }
}
