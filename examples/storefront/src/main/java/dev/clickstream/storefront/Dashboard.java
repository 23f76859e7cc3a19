package dev.clickstream.storefront;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The delivered clicks in DuckDB, read from the objects once. One thread at a time. */
final class Dashboard implements AutoCloseable {

    private static final String COLUMNS =
            """
            {event_id: 'VARCHAR', event_name: 'VARCHAR', event_timestamp: 'TIMESTAMP', request_id: 'VARCHAR',
             request_method: 'VARCHAR', request_status: 'INTEGER', user_pseudo_id: 'VARCHAR',
             items: 'STRUCT(item_id VARCHAR, item_name VARCHAR)[]'}""";

    private final DuckDBConnection duckDb;

    private Dashboard(DuckDBConnection duckDb) {
        this.duckDb = duckDb;
    }

    /** Reads all objects below a folder; a folder without any gives no clicks. */
    static Dashboard open(ObjectFolder objects) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Dashboard dashboard = new Dashboard(connection.unwrap(DuckDBConnection.class));
        // A glob that matches nothing is an error in DuckDB.
        dashboard.execute(objects.list().isEmpty() ? emptyTable() : "CREATE TABLE clicks AS " + select(objects.path()));
        return dashboard;
    }

    /** The query that anybody can paste into DuckDB. */
    static String select(Path folder) {
        return """
               SELECT event_id, event_name, event_timestamp, request_id, request_status, user_pseudo_id,
                      items[1].item_id AS item_id, items[1].item_name AS item_name, filename,
                      regexp_extract(filename, '(\\d{4}/\\d{2}/\\d{2}/\\d{2})/[^/]*$', 1) AS hour
               FROM read_json('%s', format = 'newline_delimited', compression = 'gzip', filename = true,
                              columns = %s)"""
                .formatted(new ObjectFolder(folder).glob(), COLUMNS);
    }

    private static String emptyTable() {
        return "CREATE TABLE clicks (event_id VARCHAR, event_name VARCHAR, event_timestamp TIMESTAMP,"
                + " request_id VARCHAR, request_status INTEGER, user_pseudo_id VARCHAR, item_id VARCHAR,"
                + " item_name VARCHAR, filename VARCHAR, hour VARCHAR)";
    }

    long clicks() throws SQLException {
        return number("SELECT count(*) FROM clicks");
    }

    Map<String, Long> byEvent() throws SQLException {
        return counts("SELECT event_name, count(*) FROM clicks GROUP BY 1 ORDER BY 2 DESC, 1");
    }

    Map<String, Long> byHour() throws SQLException {
        return counts("SELECT hour, count(*) FROM clicks GROUP BY 1 ORDER BY 1");
    }

    /** The products that were clicked most often. */
    Map<String, Long> byProduct() throws SQLException {
        return counts(
                "SELECT coalesce(item_id, '-') || coalesce('  ' || any_value(item_name), ''), count(*) FROM clicks"
                        + " WHERE item_id IS NOT NULL GROUP BY item_id ORDER BY 2 DESC, 1 LIMIT 10");
    }

    /** Each click's request and the object that it is in. */
    Map<String, String> objectByRequest() throws SQLException {
        Map<String, String> objects = new LinkedHashMap<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT request_id, filename FROM clicks WHERE request_id IS NOT NULL")) {
            while (rows.next()) {
                objects.put(rows.getString(1), rows.getString(2));
            }
        }
        return objects;
    }

    /** The request of every click, as often as it is there. */
    List<String> requests() throws SQLException {
        List<String> requests = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(request_id, '') FROM clicks")) {
            while (rows.next()) {
                requests.add(rows.getString(1));
            }
        }
        return requests;
    }

    /** How many requests stand in the objects more than once. */
    long requestsTwice() throws SQLException {
        return number("SELECT count(*) FROM (SELECT request_id FROM clicks WHERE request_id IS NOT NULL GROUP BY 1"
                + " HAVING count(*) > 1)");
    }

    /** What is wrong with the clicks, one line each; empty if they are exactly the expected ones. */
    List<String> differences(List<ExpectedClick> expected) throws SQLException {
        execute("CREATE TABLE expected (request_id VARCHAR, event_name VARCHAR, item_id VARCHAR, item_name VARCHAR,"
                + " request_status INTEGER, hour VARCHAR)");
        try (DuckDBAppender rows = duckDb.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "expected")) {
            for (ExpectedClick click : expected) {
                rows.beginRow();
                rows.append(click.requestId());
                rows.append(click.eventName());
                rows.append(click.itemId());
                rows.append(click.itemName());
                rows.append(click.status());
                rows.append(click.hour());
                rows.endRow();
            }
        }
        List<String> differences = new ArrayList<>();
        difference(differences, "missing", "FROM expected ANTI JOIN clicks USING (request_id)");
        difference(differences, "not expected", "FROM clicks ANTI JOIN expected USING (request_id)");
        difference(
                differences, "more than once", "FROM (FROM clicks SELECT request_id GROUP BY 1 HAVING count(*) > 1)");
        for (String column : List.of("event_name", "item_id", "item_name", "request_status", "hour")) {
            difference(
                    differences,
                    "with the wrong " + column,
                    "FROM clicks c JOIN expected e USING (request_id) WHERE c.%s IS DISTINCT FROM e.%s"
                            .formatted(column, column));
        }
        return differences;
    }

    private void difference(List<String> differences, String what, String from) throws SQLException {
        long count = number("SELECT count(*) " + from);
        if (count > 0) {
            differences.add(count + " clicks " + what);
        }
    }

    private Map<String, Long> counts(String sql) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
