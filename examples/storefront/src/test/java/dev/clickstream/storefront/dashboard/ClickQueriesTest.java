package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.ClickEventBuilder;
import dev.clickstream.event.Item;
import dev.clickstream.storefront.dashboard.LakeNumbers.Click;
import dev.clickstream.storefront.dashboard.LakeNumbers.Freshness;
import dev.clickstream.storefront.dashboard.LakeNumbers.Funnel;
import dev.clickstream.storefront.dashboard.LakeNumbers.Named;
import dev.clickstream.storefront.dashboard.LakeNumbers.Series;
import dev.clickstream.storefront.dashboard.LakeNumbers.Totals;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each number about clicks, against objects whose numbers are known. */
class ClickQueriesTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private WrittenLake written;
    private Lake lake;
    private ClickQueries clicks;

    @BeforeEach
    void open() throws Exception {
        written = new WrittenLake(directory);
        lake = Lake.open(directory);
        clicks = new ClickQueries(lake.sql());
    }

    @AfterEach
    void close() throws SQLException {
        lake.close();
    }

    private static ClickEventBuilder event(String id, String name, Instant time) {
        return ClickEvent.builder(name).eventId(id).eventTimestamp(time).userPseudoId("anna");
    }

    private void deliver(Instant time, ClickEventBuilder... events) throws Exception {
        ClickEvent[] built = new ClickEvent[events.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = events[i].build();
        }
        written.rows("2026/01/31/12/" + time.toEpochMilli() + ".gz", time, built);
        lake.load();
    }

    @Test
    void emptyLake_hasNothing() throws Exception {
        assertThat(clicks.totals()).isEqualTo(new Totals(0, false, 0, 0, 0));
        assertThat(clicks.delivered()).isEmpty();
        assertThat(clicks.byEvent()).isEmpty();
        assertThat(clicks.newest()).isEmpty();
        assertThat(clicks.funnel()).isEqualTo(new Funnel(0, 0, 0, 0));
        assertThat(clicks.series(Duration.ofMinutes(1), 60, NOON).counts()).isEmpty();
        assertThat(clicks.freshness()).isEqualTo(new Freshness(0, 0, 0, null));
    }

    @Test
    void totals_countEventsVisitorsAndVisits() throws Exception {
        deliver(
                NOON,
                event("1", "view_item", NOON),
                event("2", "purchase", NOON.plusSeconds(60)),
                event("3", "view_item", NOON.plusSeconds(60 + 31 * 60)),
                event("4", "view_item", NOON).userPseudoId("ben"));

        assertThat(clicks.totals()).isEqualTo(new Totals(4, false, 2, 3, 1));
    }

    @Test
    void sampledClicks_areScaledUp_butDeliveredOnesAreNot() throws Exception {
        deliver(NOON, event("1", "view_item", NOON).samplingRate(25), event("2", "purchase", NOON));

        assertThat(clicks.totals().clicks()).isEqualTo(5);
        assertThat(clicks.totals().isSampled()).isTrue();
        assertThat(clicks.byEvent()).containsExactly(new Named("view_item", 4), new Named("purchase", 1));
        assertThat(clicks.delivered()).containsExactly(entry("purchase", 1L), entry("view_item", 1L));
    }

    @Test
    void eventNames_beyondTheTwelfth_areOneRest() throws Exception {
        for (int name = 0; name < 14; name++) {
            for (int i = 0; i <= name; i++) {
                Instant time = NOON.plusMillis(name * 100L + i);
                deliver(time, event(name + "-" + i, "name_" + name, time));
            }
        }

        assertThat(clicks.byEvent())
                .hasSize(13)
                .startsWith(new Named("name_13", 14), new Named("name_12", 13))
                .endsWith(new Named("name_2", 3), new Named("other", 3));
    }

    @Test
    void funnel_countsClicksAndNotProducts() throws Exception {
        Item kettle = Item.of("1", null);
        deliver(
                NOON,
                event("1", "view_item", NOON).item(kettle).samplingRate(50),
                event("2", "add_to_cart", NOON).item(kettle),
                event("3", "begin_checkout", NOON),
                event("4", "begin_checkout", NOON).item(kettle),
                event("5", "purchase", NOON).item(kettle).item(Item.of("2", null)),
                event("6", "search", NOON));

        assertThat(clicks.funnel()).isEqualTo(new Funnel(2, 1, 2, 1));
    }

    @Test
    void series_endsWithThePresentStep() throws Exception {
        deliver(
                NOON,
                event("too old", "view_item", NOON.minusSeconds(60 * 2 + 1)),
                event("first", "view_item", NOON.minusSeconds(60 * 2)),
                event("last", "view_item", NOON.plusSeconds(59)),
                event("last, too", "view_item", NOON),
                event("other", "purchase", NOON.minusSeconds(1)),
                event("of the future", "view_item", NOON.plusSeconds(60)));

        Series minutes = clicks.series(Duration.ofMinutes(1), 3, NOON.plusSeconds(30));

        assertThat(minutes.start()).isEqualTo(NOON.minusSeconds(120).toEpochMilli());
        assertThat(minutes.step()).isEqualTo(60_000);
        assertThat(minutes.counts()).containsOnlyKeys("view_item", "purchase");
        assertThat(minutes.counts().get("view_item")).containsExactly(1, 0, 2);
        assertThat(minutes.counts().get("purchase")).containsExactly(0, 1, 0);
    }

    @Test
    void newest_areTheLastToHappen_withTheCatalogsName() throws Exception {
        deliver(
                NOON.plusSeconds(5),
                event("1", "view_item", NOON).requestId("r").item(Item.of("1", "what the page calls it")),
                event("2", "purchase", NOON.plusSeconds(2)).item(Item.of("<script>", null)),
                event("3", "search", NOON.plusSeconds(1)).requestId("r2"));

        long noon = NOON.toEpochMilli();
        assertThat(clicks.newest())
                .containsExactly(
                        new Click(noon + 2000, "purchase", "<script>", "backend"),
                        new Click(noon + 1000, "search", null, "log"),
                        new Click(noon, "view_item", "Copper Kettle", "log"));
    }

    @Test
    void freshness_isFromEventToFile_ofTheLastFiveMinutes() throws Exception {
        deliver(NOON.plusSeconds(100), event("slow, long ago", "view_item", NOON));
        Instant later = NOON.plusSeconds(1000);
        for (int i = 1; i <= 21; i++) {
            deliver(later.plusMillis(i * 100L), event("" + i, "view_item", later));
        }

        assertThat(clicks.freshness())
                .isEqualTo(new Freshness(21, 1100, 2000, later.plusMillis(2100).toEpochMilli()));
    }
}
