package dev.clickstream.local.kinesis.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Difference LISTED =
            new Difference(Subject.KINESIS_LOCAL, List.of("SomeIT.case"), "was 7", "seven", "AWS is right", "a test");

    @Test
    void difference_asListed_isConfirmed() {
        assertThatCode(() -> LISTED.confirm("SomeIT.case", () -> {
                    throw new AssertionError("expected 8 but was 7");
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void difference_thatIsGone_fails() {
        assertThatThrownBy(() -> LISTED.confirm("SomeIT.case", () -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessage("kinesis-local no longer differs in SomeIT.case: take it off the list");
    }

    @Test
    void difference_ofAnotherKind_fails_withItsCause() {
        IllegalStateException other = new IllegalStateException("connection refused");
        assertThatThrownBy(() -> LISTED.confirm("SomeIT.case", () -> {
                    throw other;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("kinesis-local differs in SomeIT.case, but not as listed: no \"was 7\"")
                .hasCause(other);
    }
}
