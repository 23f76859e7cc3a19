package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.catalog.ClickTable;
import dev.clickstream.consumer.catalog.SqlDialect;
import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.ClickEventBuilder;
import dev.clickstream.event.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalog's statements, run by DuckDB over files that lie as the sink lays them. */
class CatalogTest {
    private static final ClickTable TABLE = ClickTable.of(
            "clicks", "lake", "clicks/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/", LocalDate.of(2026, 1, 31));

    @TempDir
    Path lake;

    @BeforeEach
    void write() throws IOException {
        ClickEvent first = event("1", "view_item", "10:00:00", "anna").build();
        write(
                "clicks/dt=2026-01-31/hour=10/a.gz",
                List.of(
                        first,
                        first, // sent twice
                        event("2", "add_to_cart", "10:10:00", "anna").build(),
                        event("3", "view_item", "10:10:30", "ben")
                                .samplingRate(25)
                                .build()));
        write(
                "clicks/dt=2026-01-31/hour=11/b.gz",
                List.of(
                        event("4", "purchase", "11:00:00", "anna").build(),
                        ClickEvent.builder("search")
                                .eventId("5")
                                .eventTimestamp(Instant.parse("2026-01-31T11:01:00Z"))
                                .userId("ben")
                                .build()));
    }

    private static ClickEventBuilder event(String id, String name, String time, String visitor) {
        return ClickEvent.builder(name)
                .eventId(id)
                .eventTimestamp(Instant.parse("2026-01-31T" + time + "Z"))
                .userPseudoId(visitor)
                .property("language", "de")
                .item(Item.of("7", "Kettle").withPrice(new BigDecimal("49.90"), "EUR"));
    }

    private void write(String key, List<ClickEvent> events) throws IOException {
        Path file = lake.resolve(key);
        Files.createDirectories(file.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (ClickEvent event : events) {
                out.write(event.toJson());
                out.write('\n');
            }
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute(TABLE.duckDbView(lake + "/"));
            for (String view : TABLE.views(SqlDialect.DUCKDB).values()) {
                statement.execute(view);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(result.getObject(i)));
                    }
                    rows.add(String.join(" ", row));
                }
            }
            return rows;
        }
    }

    @Test
    void table_hasEveryColumn_andThePartitions() throws SQLException {
        assertThat(
                        query(
                                "SELECT count(*), min(dt), max(hour), min(items[1].price), min(properties['language']) FROM clicks"))
                .containsExactly("6 2026-01-31 11 49.90 de");
    }

    @Test
    void events_areEachThereOnce_withTheirTimeAndWeight() throws SQLException {
        assertThat(query("SELECT event_id, event_time, CAST(weight AS INTEGER) FROM clicks_events ORDER BY event_id"))
                .hasSize(5)
                .contains("1 2026-01-31 10:00:00.0 1", "3 2026-01-31 10:10:30.0 4");
    }

    @Test
    void sessions_endWithAGapOfThirtyMinutes() throws SQLException {
        assertThat(query("SELECT visitor, session_number, events, purchased FROM clicks_sessions ORDER BY 1, 2"))
                .containsExactly("anna 1 2 0", "anna 2 1 1", "ben 1 1 0", "ben 2 1 0");
    }

    @Test
    void productHours_andFunnel_countByWeight() throws SQLException {
        assertThat(query("SELECT event_hour, item_id, event_name, events, CAST(estimated_events AS INTEGER)"
                        + " FROM clicks_product_hours ORDER BY 1, 3"))
                .containsExactly(
                        "2026-01-31 10:00:00.0 7 add_to_cart 1 1",
                        "2026-01-31 10:00:00.0 7 view_item 2 5",
                        "2026-01-31 11:00:00.0 7 purchase 1 1");
        assertThat(query("SELECT item_id, CAST(viewed AS INTEGER), CAST(added_to_cart AS INTEGER),"
                        + " CAST(checkout_begun AS INTEGER), CAST(purchased AS INTEGER) FROM clicks_funnel"))
                .containsExactly("7 5 1 0 1");
    }

    @Test
    void queriesThatTextsShow_run() throws SQLException, IOException {
        List<Documents.Snippet> queries = Documents.snippets("sql");

        assertThat(queries).isNotEmpty();
        for (Documents.Snippet query : queries) {
            assertThat(query(String.join("\n", query.code())))
                    .as(query.toString())
                    .isNotNull();
        }
    }
}
