package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformationTest {
    private static final StreamRecord RECORD = new StreamRecord("s", "1", 0, "secret key", Instant.EPOCH, new byte[3]);

    private static List<Outcome> of(Transform transform) throws InterruptedException {
        return new Transformation(new Processing(transform))
                .of(List.of(new Intake(RECORD)))
                .get(0);
    }

    @Test
    void exception_becomesAFailure_withoutItsText() throws Exception {
        assertThat(of(record -> {
                    throw new IllegalStateException("secret");
                }))
                .containsExactly(new Outcome.Failed("Transform.Exception", "java.lang.IllegalStateException"));
    }

    @Test
    void listThatThrowsWhenItIsLookedAt_becomesAFailure() throws Exception {
        assertThat(of(record -> new AbstractList<>() {
                    @Override
                    public Outcome get(int index) {
                        throw new IllegalStateException("secret");
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                }))
                .containsExactly(new Outcome.Failed("Transform.Exception", "java.lang.IllegalStateException"));
    }

    @Test
    void assertion_becomesAFailure() throws Exception {
        assertThat(of(record -> {
                    throw new AssertionError("secret");
                }))
                .containsExactly(new Outcome.Failed("Transform.Exception", "java.lang.AssertionError"));
    }

    @Test
    void throwableForALog_hasTypesAndFrames_andNoText() {
        Throwable cause = new IllegalStateException("secret", new IOException("more secret"));
        StringWriter out = new StringWriter();
        WithoutText.of(cause).printStackTrace(new PrintWriter(out));
        assertThat(out.toString())
                .contains("java.lang.IllegalStateException", "java.io.IOException", "TransformationTest")
                .doesNotContain("secret");
    }

    @Test
    void noOutcome_becomesAFailure() throws Exception {
        List<Outcome> failure =
                List.of(new Outcome.Failed("Transform.NoOutcome", "The transform gave no outcome for the record"));
        assertThat(of(record -> List.of())).isEqualTo(failure);
        assertThat(of(record -> null)).isEqualTo(failure);
        assertThat(of(record -> Arrays.asList(new Outcome.Dropped("d"), null))).isEqualTo(failure);
    }

    @Test
    void error_isNotTheRecordsFault() {
        assertThatThrownBy(() -> of(record -> {
                    throw new OutOfMemoryError("made up");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void interruptedThread_saysNothingAboutTheRecord() {
        assertThatThrownBy(() -> of(record -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("the client was interrupted");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void values_showNoData() {
        assertThat(RECORD).hasToString("StreamRecord[s 1.0, 3 bytes]");
        assertThat(new Outcome.Ok(new byte[2])).hasToString("Ok[2 bytes]");
        assertThat(new Outcome.Failed("code", "message")).hasToString("Failed[code]");
    }
}
