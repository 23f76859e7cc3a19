package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.storefront.dashboard.CountCheck.Line;
import dev.clickstream.storefront.dashboard.CountCheck.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two views, one of them delivered twice, and a purchase lie in the lake. */
class CountCheckTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private CountCheck check(Map<String, Long> sent) throws Exception {
        new WrittenLake(directory)
                .rows("2026/01/31/12/a.gz", NOON, event("1"), event("2"), event("2"), event("3", "purchase"));
        try (Lake lake = Lake.open(directory)) {
            lake.load();
            return CountCheck.of(sent, new LakeReader(lake.sql()).read(NOON));
        }
    }

    private static ClickEvent event(String id) {
        return event(id, "view_item");
    }

    private static ClickEvent event(String id, String name) {
        return ClickEvent.builder(name)
                .eventId(id)
                .eventTimestamp(NOON)
                .userPseudoId("anna")
                .build();
    }

    @Test
    void countsThatAreEqual_areExact_andCopiesAreTold() throws Exception {
        CountCheck check = check(Map.of("view_item", 2L, "purchase", 1L, "login", 0L));

        assertThat(check.verdict()).isEqualTo(Verdict.EXACT);
        assertThat(check.expected()).isEqualTo(3);
        assertThat(check.delivered()).isEqualTo(3);
        assertThat(check.copies()).isEqualTo(1);
        assertThat(check.lines())
                .containsExactly(new Line("login", 0, 0), new Line("purchase", 1, 1), new Line("view_item", 2, 2));
    }

    @Test
    void whatIsNotThere_isOnItsWay() throws Exception {
        CountCheck check = check(Map.of("view_item", 5L, "purchase", 1L, "login", 2L));

        assertThat(check.verdict()).isEqualTo(Verdict.ON_THE_WAY);
        assertThat(check.missing()).isEqualTo(5);
        assertThat(check.surplus()).isZero();
    }

    @Test
    void surplusOfOneEvent_isNotSetOffAgainstAnother() throws Exception {
        CountCheck check = check(Map.of("view_item", 3L));

        assertThat(check.verdict()).isEqualTo(Verdict.SURPLUS);
        assertThat(check.missing()).isEqualTo(1);
        assertThat(check.surplus()).isEqualTo(1);
    }

    @Test
    void nothingSent_andAnEmptyLake_isNothingToCheck() throws Exception {
        try (Lake lake = Lake.open(directory)) {
            LakeNumbers empty = new LakeReader(lake.sql()).read(NOON);

            assertThat(CountCheck.of(Map.of("purchase", 0L), empty).verdict()).isEqualTo(Verdict.NOTHING_SENT);
        }
    }
}
