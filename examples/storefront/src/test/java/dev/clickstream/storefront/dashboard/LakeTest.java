package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clickstream.event.ClickEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects become rows: each once, whole, and only those that are there. */
class LakeTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private WrittenLake written;
    private Lake lake;

    @BeforeEach
    void open() throws Exception {
        // What DuckDB takes for a pattern, and what ends a text in SQL.
        written = new WrittenLake(directory.resolve("it's [a] *lake?"));
        lake = Lake.open(written.folder());
    }

    @AfterEach
    void close() throws SQLException {
        lake.close();
    }

    private static ClickEvent event(String id) {
        return ClickEvent.builder("view_item")
                .eventId(id)
                .eventTimestamp(NOON)
                .userPseudoId("anna")
                .build();
    }

    private long events() throws SQLException {
        return lake.sql().row(row -> row.getLong(1), "SELECT count(*) FROM clicks_events");
    }

    private long rows() throws SQLException {
        return new ClickQueries(lake.sql()).rows();
    }

    @Test
    void folder_thatDoesNotExist_isAnEmptyLake() throws Exception {
        assertThat(lake.load()).isFalse();
        assertThat(events()).isZero();
    }

    @Test
    void object_isReadOnce() throws Exception {
        written.rows("2026/01/31/12/a.gz", NOON, event("1"), event("2"));

        assertThat(lake.load()).isTrue();
        assertThat(lake.load()).isFalse();
        assertThat(events()).isEqualTo(2);

        written.rows("2026/01/31/13/b.gz", NOON, event("3"));
        assertThat(lake.load()).isTrue();
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void copies_inOneObjectAndInALaterOne_areRowsButNotEvents() throws Exception {
        written.rows("2026/01/31/12/a.gz", NOON, event("1"), event("1"));
        lake.load();
        written.rows("2026/01/31/12/b.gz", NOON, event("1"), event("2"));
        lake.load();

        assertThat(rows()).isEqualTo(4);
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void file_thatIsHalfWritten_isNotThere() throws Exception {
        Path half = written.folder().resolve("clicks/2026/01/31/12/a.gz-half");
        Files.createDirectories(half.getParent());
        Files.write(half, new byte[] {31, -117, 8});

        assertThat(lake.load()).isFalse();
    }

    @Test
    void object_thatCannotBeRead_leavesNothingBehind_andIsTriedAgain() throws Exception {
        written.rows("2026/01/31/12/a.gz", NOON, event("1"));
        Path broken = written.folder().resolve("clicks/2026/01/31/12/b.gz");
        Files.write(broken, new byte[] {31, -117, 8, 0, 0});

        assertThatThrownBy(lake::load).isInstanceOf(SQLException.class);
        assertThat(events()).isZero();
        assertThat(rows()).isZero();

        written.rows("2026/01/31/12/b.gz", NOON, event("2"));
        assertThat(lake.load()).isTrue();
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void moreObjects_thanOneStatementReads_areAllRead() throws Exception {
        for (int i = 0; i < 501; i++) {
            written.rows("2026/01/31/12/" + i + ".gz", NOON, event("" + i));
        }
        lake.load();

        assertThat(events()).isEqualTo(501);
        assertThat(lake.load()).isFalse();
    }

    @Test
    void errorOutput_isCountedByCode_andItsBytesAreNotKept() throws Exception {
        written.failures(
                "2026/01/31/12/a.gz", NOON, "CloudFront.parse_error", "CloudFront.parse_error", "Rules.no_item");
        lake.load();

        assertThat(new LakeReader(lake.sql()).read(NOON).failures())
                .containsExactly(
                        new LakeNumbers.Named("CloudFront.parse_error", 2), new LakeNumbers.Named("Rules.no_item", 1));
        assertThat(events()).isZero();
    }

    @Test
    void objects_areCounted_newestFirst() throws Exception {
        written.rows("2026/01/31/12/a.gz", NOON, event("1"));
        written.rows("2026/01/31/12/b.gz", NOON.plusSeconds(2), event("2"));
        written.failures("2026/01/31/12/c.gz", NOON.plusSeconds(1), "code");
        lake.load();

        LakeNumbers.Objects objects = new LakeReader(lake.sql()).read(NOON).objects();

        assertThat(objects.count()).isEqualTo(3);
        assertThat(objects.errors()).isEqualTo(1);
        assertThat(objects.bytes())
                .isEqualTo(objects.newest().stream()
                        .mapToLong(LakeNumbers.ObjectRow::bytes)
                        .sum())
                .isPositive();
        assertThat(objects.newest())
                .extracting(LakeNumbers.ObjectRow::key)
                .containsExactly(
                        "clicks/2026/01/31/12/b.gz",
                        "errors/processing-failed/2026/01/31/12/c.gz",
                        "clicks/2026/01/31/12/a.gz");
    }
}
