package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BatchStateTest {
    private static final String LONGEST = "9".repeat(56);

    private static BatchState state(String manifest) {
        return new BatchState(
                LONGEST,
                Instant.ofEpochMilli(1_700_000_000_123L),
                new Position(LONGEST, Long.MAX_VALUE),
                Long.MAX_VALUE,
                "d".repeat(32),
                "c".repeat(32),
                Duration.ofMinutes(15),
                new TreeSet<>(List.of(0, 2)),
                manifest);
    }

    private static BatchState read(String text) {
        return BatchState.fromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void state_isReadAsItWasWritten() {
        assertThat(BatchState.fromBytes(state("").toBytes())).isEqualTo(state(""));
        assertThat(BatchState.fromBytes(state("m/x=y").toBytes())).isEqualTo(state("m/x=y"));
    }

    @Test
    void state_fitsIntoAKilobyte() {
        assertThat(state("m".repeat(600)).toBytes()).hasSizeLessThanOrEqualTo(1024);
        assertThatThrownBy(() -> state("m".repeat(1000)).toBytes())
                .hasMessageStartingWith("A batch's state may have 1024 bytes, not 1");
    }

    @Test
    void format_isTheSameForEver() {
        assertThat(
                        read(
                                "v=1 first=10 arrival=5 cut=12 sub=3 count=4 digest=d config=c bound=60000 givenup=0+2 manifest=a1:s3://b/k"))
                .isEqualTo(new BatchState(
                        "10",
                        Instant.ofEpochMilli(5),
                        new Position("12", 3),
                        4,
                        "d",
                        "c",
                        Duration.ofMinutes(1),
                        new TreeSet<>(List.of(0, 2)),
                        "a1:s3://b/k"));
    }

    @Test
    void whatIsNotOurs_isRefused() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("not of version 1");
        assertThatThrownBy(() -> read("v=2 first=1")).hasMessageContaining("a later version of this one");
        assertThatThrownBy(() -> read("v=1 first=1")).hasMessage("The pending checkpoint's state lacks arrival");
    }

    @Test
    void positions_areOrderedAsNumbers() {
        assertThat(new Position("9", 5)).isLessThan(new Position("10", 0));
        assertThat(new Position("10", 0)).isLessThan(new Position("10", 1));
        assertThat(new Position("10", 7).compareSequence(new Position("10", 1))).isZero();
    }
}
