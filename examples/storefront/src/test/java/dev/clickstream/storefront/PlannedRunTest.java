package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlannedRunTest {

    @Test
    void drawn_asManySeedsInARowAsThereArePairs_haveEachOnce() {
        Set<String> pairs = LongStream.range(5, 5 + PlannedRun.pairs())
                .mapToObj(seed -> PlannedRun.of(seed, "drawn", "drawn"))
                .peek(runs -> assertThat(runs).hasSize(1))
                .map(runs -> runs.get(0).fault() + " " + runs.get(0).disruption())
                .collect(Collectors.toSet());

        assertThat(pairs).hasSize(132).contains("none kill", "table_throttled two_versions", "objects_latency freeze");
    }

    @Test
    void each_isARunForEach() {
        assertThat(PlannedRun.of(1, "each", "kill")).hasSize(21);
        assertThat(PlannedRun.of(1, "none", "each"))
                .extracting(PlannedRun::disruption)
                .containsExactly(Disruption.values());
    }

    @Test
    void named_isThatOne_andNoOtherIsTaken() {
        assertThat(PlannedRun.of(7, "split", "freeze"))
                .isEqualTo(List.of(new PlannedRun(7, "split", Disruption.FREEZE)));
        assertThatThrownBy(() -> PlannedRun.of(1, "spilt", "freeze")).hasMessageContaining("was spilt");
        assertThatThrownBy(() -> PlannedRun.of(1, "split", "frieze")).hasMessageContaining("was frieze");
    }
}
