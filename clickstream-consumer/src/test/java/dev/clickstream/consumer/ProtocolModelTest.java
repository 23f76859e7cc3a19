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

    private static List<Guarantee> all() {
        return List.of(
                new Guarantee.EachRecordOnce(),
                new Guarantee.NothingLost(),
                new Guarantee.CheckpointNeverPassesUndelivered());
    }

    private static List<ModelSink> twoSinks() {
        return List.of(ModelSink.named("one"), ModelSink.named("two"));
    }

    private static void explore(ModelSettings settings) {
        long runs = Choices.every(choices -> new ModelWorld(choices, settings, twoSinks(), all()).run());
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

    @Test
    void randomMishaps_inALongShard_leaveEachRecordInOneObject() {
        long seed = new Random().nextLong();
        LOG.info("seed {}", seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            List<String> records = new ArrayList<>();
            for (int record = 0; record < 12; record++) {
                records.add(List.of("o", "oo", "ooo", "d", "f", "od", "t").get(random.nextInt(7)));
            }
            ModelSettings settings = new ModelSettings(String.join(" ", records), random.nextBoolean(), 8);
            Choices.random(seed + i, 100, choices -> new ModelWorld(choices, settings, twoSinks(), all()).run());
        }
    }

    private static void requireCaught(String promise, ModelSettings settings, List<ModelSink> sinks) {
        assertThatThrownBy(() -> Choices.every(choices -> new ModelWorld(
                                choices,
                                settings,
                                sinks.stream().map(ModelSink::emptied).toList(),
                                all())
                        .run()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(promise);
    }

    @Test
    void drawnNames_areCaught() {
        AtomicInteger drawn = new AtomicInteger();
        ModelSink drawing = new ModelSink("drawing", (batch, hour) -> "object-" + drawn.incrementAndGet());

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
