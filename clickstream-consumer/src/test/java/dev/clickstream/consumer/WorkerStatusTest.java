package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkerStatusTest {
    private final WorkerStatus status = new WorkerStatus(null);

    private void commit(long records, Map<String, Long> failed) {
        status.committed("sh", new OutcomeCounts(records, 0, new TreeMap<>(), new TreeMap<>(failed)));
    }

    @Test
    void logWhoseFormatHasChanged_isLoud_untilItIsReadAgain() {
        commit(10, Map.of("format_mismatch", 5L));
        assertThat(status.reasons()).isEmpty();

        commit(10, Map.of("format_mismatch", 8L, "bad_value", 2L));
        assertThat(status.reasons())
                .isEqualTo(
                        List.of("sh: most records of the last batch went to the error output, with format_mismatch"));

        commit(10, Map.of("bad_value", 1L));
        assertThat(status.reasons()).isEmpty();
    }

    @Test
    void shardThatEnds_isNoReasonAnyMore() {
        commit(1, Map.of("format_mismatch", 1L));
        status.ended("sh");
        assertThat(status.reasons()).isEmpty();
    }
}
