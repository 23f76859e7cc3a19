package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the lake is read, however many look. */
class WatchedLakeTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:10Z");

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicReference<Map<String, Long>> sent = new AtomicReference<>(Map.of("view_item", 1L));
    private Runnable whileReading = () -> {};
    private WatchedLake lake;

    @BeforeEach
    void open() throws Exception {
        lake = WatchedLake.open(
                directory,
                () -> {
                    whileReading.run();
                    return sent.get();
                },
                now::get);
    }

    @AfterEach
    void close() throws SQLException {
        lake.close();
    }

    private void deliver(String id) throws Exception {
        new WrittenLake(directory)
                .rows(
                        "2026/01/31/12/" + id + ".gz",
                        NOON,
                        ClickEvent.builder("view_item")
                                .eventId(id)
                                .eventTimestamp(NOON)
                                .userPseudoId("anna")
                                .build());
    }

    @Test
    void lake_isReadAgain_halfASecondLater() throws Exception {
        assertThat(lake.look().check().delivered()).isZero();
        deliver("1");

        now.set(NOON.plusMillis(499));
        assertThat(lake.look().check().delivered()).isZero();
        now.set(NOON.plusMillis(500));
        assertThat(lake.look().check().delivered()).isEqualTo(1);
    }

    @Test
    void lake_thatTakesLongToRead_isReadLessOften() throws Exception {
        whileReading = () -> now.set(NOON.plusMillis(300));
        lake.look();
        deliver("1");

        now.set(NOON.plusMillis(300 + 5 * 300 - 1));
        assertThat(lake.look().check().delivered()).isZero();
        now.set(NOON.plusMillis(300 + 5 * 300));
        assertThat(lake.look().check().delivered()).isEqualTo(1);
    }

    @Test
    void lake_whereNothingIsNew_isNotAskedAgain_butCheckedAgain() throws Exception {
        LakeNumbers numbers = lake.look().numbers();
        sent.set(Map.of("view_item", 2L));

        now.set(NOON.plusSeconds(1));
        WatchedLake.Look later = lake.look();

        assertThat(later.numbers()).isSameAs(numbers);
        assertThat(later.check().missing()).isEqualTo(2);
    }

    @Test
    void charts_moveOnWithTheMinute() throws Exception {
        long start = lake.look().numbers().minutes().start();

        now.set(NOON.plusSeconds(50));

        assertThat(lake.look().numbers().minutes().start()).isEqualTo(start + 60_000);
    }
}
