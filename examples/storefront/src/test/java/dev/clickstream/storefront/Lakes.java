package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clickstream.storefront.dashboard.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What has been delivered, asked by DuckDB over the folder. */
final class Lakes {

    private Lakes() {}

    /** Rows by event name; a row that is there twice counts twice. */
    static Map<String, Long> rowsByName(Path lake) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        if (!Files.isDirectory(lake.resolve("clicks"))) {
            return rows;
        }
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT event_name, count(*), count(DISTINCT event_id) " + from(lake) + " GROUP BY 1")) {
            while (result.next()) {
                assertThat(result.getLong(2))
                        .as("copies of " + result.getString(1))
                        .isEqualTo(result.getLong(3));
                rows.put(result.getString(1), result.getLong(2));
            }
        }
        return rows;
    }

    /** The first column of the first row. */
    static String value(Path lake, String select, String where) throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + select + " " + from(lake) + " WHERE " + where)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    private static String from(Path lake) {
        return ("FROM read_json('%s/clicks/**/*.gz', format = 'newline_delimited', compression = 'gzip', columns ="
                        + " {event_id: 'VARCHAR', event_name: 'VARCHAR', user_id: 'VARCHAR', user_pseudo_id: 'VARCHAR',"
                        + " items: 'STRUCT(item_id VARCHAR, item_name VARCHAR, quantity INTEGER)[]'})")
                .formatted(lake);
    }

    /** Waits until exactly what was sent is there, each once. */
    static void awaitExact(Pipeline pipeline, Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(rowsByName(pipeline.lake())).isEqualTo(pipeline.expectedEvents()));
    }
}
