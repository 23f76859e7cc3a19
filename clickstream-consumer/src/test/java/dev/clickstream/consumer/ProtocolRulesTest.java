package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/**
 * The protocol's rules by name: each was a counterexample once, and its test fails as soon as somebody breaks it. Names
 * are never drawn: {@code ObjectKeyTest}; the wall clock decides nothing: {@code FloorPlanTest}; leases are read
 * consistently: {@code ClickstreamWorkerIT}. The script {@code break-rules} breaks each of them, and sees that it is noticed.
 */
class ProtocolRulesTest {
    private static final List<ModelSink> TWO = List.of(ModelSink.named("one"), ModelSink.named("two"));

    private static void explore(ModelSettings settings) {
        assertThat(ModelWorld.explore(settings, TWO)).isGreaterThan(10);
    }

    @Test
    void checkpoint_isNeverWrittenBeforeTheLastObject() {
        explore(new ModelSettings("o o o", true, 1));
    }

    @Test
    void commit_isNeverTheFormWithoutArguments_butAtTheShardsEnd() throws Exception {
        List<String> calls = new ArrayList<>();
        KclCheckpoints checkpoints = new KclCheckpoints();
        checkpoints.use((RecordProcessorCheckpointer) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RecordProcessorCheckpointer.class},
                (proxy, method, arguments) -> {
                    calls.add(method.getName() + (arguments == null ? 0 : arguments.length));
                    return null;
                }));
        BatchState state = new BatchState(
                "1", Instant.EPOCH, new Position("2", 3), 1, "d", "c", Duration.ofMinutes(1), BatchState.NONE, "");

        checkpoints.prepare(state);
        checkpoints.commit(state.cut());
        checkpoints.commitShardEnd();

        assertThat(calls).containsExactly("prepareCheckpoint3", "checkpoint2", "checkpoint0");
    }

    @Test
    void cut_isNeverInsideAnAggregate() {
        explore(new ModelSettings("ooo oo o", true, 1));
        explore(new ModelSettings("o ooo", false, 1));
    }

    @Test
    void cut_isNeverMadeByTheTimer_whileABatchIsPending() {
        explore(new ModelSettings("o o o o", true, 1));
    }

    @Test
    void stop_neverCuts_whileABatchIsPending() {
        explore(new ModelSettings("o o", false, 2));
    }

    @Test
    void foreignFingerprint_isWaitedFor() {
        explore(new ModelSettings("o o", true, 1).configured(ModelConfiguration.FIRST, ModelConfiguration.OTHER));
        explore(new ModelSettings("y o", true, 1).configured(ModelConfiguration.UNTOLD, ModelConfiguration.FIRST));
    }

    @Test
    void whatAnotherConfigurationWrote_isRemoved() {
        explore(new ModelSettings("x y", true, 1).configured(ModelConfiguration.FIRST, ModelConfiguration.OTHER));
    }

    @Test
    void whatAnotherConfigurationWrote_isRemoved_alsoByTheOneAfterTheNext() {
        explore(new ModelSettings("o", true, 2)
                .configured(ModelConfiguration.OTHER, ModelConfiguration.FIRST, ModelConfiguration.OTHER));
    }

    @Test
    void write_neverBegins_whenItsWindowIsOver() {
        ModelSettings settings = new ModelSettings("o o", true, 1);
        explore(settings.configured(ModelConfiguration.OTHER, ModelConfiguration.FIRST));
    }

    @Test
    void lease_isSeenAgainBeforeEachRound() {
        explore(new ModelSettings("o o", true, 1).configured(ModelConfiguration.OTHER, ModelConfiguration.FIRST));
    }

    @Test
    void decisionForTheDeadLetters_isWrittenBeforeItIsActedOn() {
        explore(new ModelSettings("o o", true, 2).withDeadLetters());
    }

    @Test
    void sinkThatWasGivenUp_isNotWrittenToAnyMore_alsoByWhoWakesUpLater() {
        explore(new ModelSettings("o", true, 3).withDeadLetters());
    }

    @Test
    void less_neverOverwritesMore() {
        explore(new ModelSettings("o o o", true, 2).trimming());
        InMemorySink sink = new InMemorySink();
        BatchId id = new BatchId("a", "st", "s", "1");
        Row row = new Row("1", 0, Instant.EPOCH, new byte[1], Map.of());
        sink.deliver(new Batch(id, Instant.EPOCH, List.of(row, row), List.of(), Batch.Content.WHOLE));
        sink.deliver(new Batch(id, Instant.EPOCH, List.of(row), List.of(), Batch.Content.DIFFERENT));
        assertThat(sink.rows()).hasSize(2);
    }
}
