package dev.clickstream.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Set<String> SENT = Set.of("a", "b");
    private static final Lake.Row A = row("a", 1, 10);
    private static final Lake.Row B = row("b", 2, 11);

    private static Lake.Row row(String event, long number, long place) {
        return new Lake.Row(event, "visitor", number, "shard", BigInteger.valueOf(place), 0);
    }

    @Test
    void eachOnce_inOrder_isGood_inWhateverOrderTheObjectsAre() {
        assertThat(Verdict.of(SENT, List.of(B, A), 0)).isEqualTo(new Verdict(2, 0, 0, 0, 0, 0, 0));
        assertThat(Verdict.of(SENT, List.of(B, A), 0).isGood()).isTrue();
    }

    @Test
    void aMissingEvent_isTold() {
        assertThat(Verdict.of(SENT, List.of(A), 0)).isEqualTo(new Verdict(2, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void anEventOfNobody_isTold() {
        assertThat(Verdict.of(SENT, List.of(A, B, row("c", 3, 12)), 0)).isEqualTo(new Verdict(2, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void aStreamRecordInTwoObjects_isTold() {
        assertThat(Verdict.of(SENT, List.of(A, B, A), 0)).isEqualTo(new Verdict(2, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void anEventThatIsInTheStreamTwice_isToldAsACopy_andIsNotOutOfOrder() {
        assertThat(Verdict.of(SENT, List.of(A, B, row("a", 1, 12)), 0)).isEqualTo(new Verdict(2, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void anEarlierEventBehindALaterOne_isOutOfOrder() {
        assertThat(Verdict.of(SENT, List.of(row("a", 2, 10), row("b", 1, 11)), 0))
                .isEqualTo(new Verdict(2, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void errorOutput_isNotGood_andTheTextSaysAll() {
        assertThat(Verdict.of(SENT, List.of(A, B), 3))
                .hasToString("2 events sent: 0 missing, 0 that nobody sent, 0 stream records in objects twice,"
                        + " 0 in the stream twice (a lost answer), 0 out of order, 3 error objects.");
    }
}
