package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Explores the protocol: every sequence of mishaps in small cases, random ones in larger. */
class ProtocolModelTest {
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolModelTest.class);

    private static final List<String> KINDS = List.of("o", "oo", "ooo", "d", "f", "od", "t", "x", "y", "xy");

    private static List<ModelSink> twoSinks() {
        return List.of(ModelSink.named("one"), ModelSink.named("two"));
    }

    private static void explore(ModelSettings settings) {
        long runs = ModelWorld.explore(settings, twoSinks());
        LOG.info("{} runs of {} with {} mishaps", runs, settings.kinesisRecords(), settings.mishaps());
        assertThat(runs).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "o o o, true, 2",
        "o o o, false, 2",
        "o oo o, true, 2",
        "oo o, false, 2",
        "d o f, true, 2",
        "o d t, false, 2"
    })
    void everyMishap_leavesEachRecordInOneObject(String records, boolean closed, int mishaps) {
        explore(new ModelSettings(records, closed, mishaps));
    }

    @ParameterizedTest
    @CsvSource({"o o o, true, 2", "oo o o, false, 2"})
    void everyMishap_whenTheStreamTrimsToo_leavesNoRecordInTwoObjects(String records, boolean closed, int mishaps) {
        explore(new ModelSettings(records, closed, mishaps).trimming());
    }

    @ParameterizedTest
    @CsvSource({"x o, true, 2", "y o, false, 2", "oy, true, 2"})
    void everyMishap_whenTheConfigurationChangesToo_leavesWhatIsCommittedAsItIs(
            String records, boolean closed, int mishaps) {
        ModelSettings settings = new ModelSettings(records, closed, mishaps);
        explore(settings.configured(ModelConfiguration.FIRST, ModelConfiguration.OTHER));
        explore(settings.configured(ModelConfiguration.FIRST, ModelConfiguration.UNTOLD));
    }

    @ParameterizedTest
    @CsvSource({"o o o, true, 2", "oo f, false, 2", "d o t o, true, 2"})
    void everyMishap_whereARefusedBatchGoesToTheDeadLetters_leavesEachRecordInOneOfBoth(
            String records, boolean closed, int mishaps) {
        explore(new ModelSettings(records, closed, mishaps).withDeadLetters());
    }

    @Test
    void everyMishap_whenManifestsAreTooLargeForACheckpoint_leavesWhatIsCommittedAsItIs() {
        ModelSettings settings =
                new ModelSettings("o y x", true, 2).configured(ModelConfiguration.FIRST, ModelConfiguration.OTHER);
        assertThat(ModelWorld.explore(settings, List.of(ModelSink.namedAtLength("long"))))
                .isGreaterThan(1_000);
    }

    @Test
    void randomMishaps_inALongShard_leaveEachRecordInOneObject() {
        long seed = Long.getLong("clickstream.seed", new Random().nextLong());
        LOG.info("seed {}", seed);
        Random random = new Random(seed);
        for (int i = 0; i < Integer.getInteger("clickstream.cases", 20); i++) {
            List<String> records = new ArrayList<>();
            for (int record = 0; record < 12; record++) {
                records.add(KINDS.get(random.nextInt(KINDS.size())));
            }
            ModelSettings plain = new ModelSettings(String.join(" ", records), random.nextBoolean(), 8);
            ModelSettings settings =
                    switch (random.nextInt(3)) {
                        case 0 -> plain;
                        case 1 -> plain.withDeadLetters();
                        default -> plain.configured(ModelConfiguration.FIRST, ModelConfiguration.OTHER);
                    };
            Choices.random(
                    seed + i, 100, choices -> new ModelWorld(choices, settings, twoSinks(), Guarantee.all()).run());
        }
    }

    private static void requireCaught(String promise, ModelSettings settings, List<ModelSink> sinks) {
        assertThatThrownBy(() -> ModelWorld.explore(settings, sinks))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(promise);
    }

    @Test
    void drawnNames_areCaught() {
        AtomicInteger drawn = new AtomicInteger();
        ModelSink drawing = new ModelSink("drawing", (id, first, place) -> "object-" + drawn.incrementAndGet() + place);

        requireCaught("EachRecordOnce", new ModelSettings("o o", true, 1), List.of(drawing));
    }

    @Test
    void commitWithoutArguments_isCaught() {
        UnaryOperator<Checkpoints> withoutArguments = checkpoints -> new Checkpoints() {
            @Override
            public void prepare(BatchState state) throws LeaseLostException, CheckpointFailedException {
                checkpoints.prepare(state);
            }

            @Override
            public void commit(Position upTo) throws LeaseLostException, CheckpointFailedException {
                ((ModelOwner) checkpoints).commitHandedOver();
            }

            @Override
            public void commitShardEnd() throws LeaseLostException, CheckpointFailedException {
                checkpoints.commitShardEnd();
            }
        };

        requireCaught(
                "CheckpointNeverPassesUndelivered",
                new ModelSettings("o o o o o", true, 0).withCheckpoints(withoutArguments),
                twoSinks());
    }

    @Test
    void deliveryWithoutPrepare_isCaught() {
        UnaryOperator<Checkpoints> unprepared = checkpoints -> new Checkpoints() {
            @Override
            public void prepare(BatchState state) {}

            @Override
            public void commit(Position upTo) throws LeaseLostException, CheckpointFailedException {
                checkpoints.commit(upTo);
            }

            @Override
            public void commitShardEnd() throws LeaseLostException, CheckpointFailedException {
                checkpoints.commitShardEnd();
            }
        };

        requireCaught("EachRecordOnce", new ModelSettings("o o o", true, 1).withCheckpoints(unprepared), twoSinks());
    }
}
