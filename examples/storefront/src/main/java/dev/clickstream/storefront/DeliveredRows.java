package dev.clickstream.storefront;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Where rows lie and where they came from, in DuckDB, read from the objects once. One thread at a time. */
final class DeliveredRows implements AutoCloseable {

    private static final String FROM_OBJECTS =
            """
            CREATE TABLE rows AS
            SELECT coalesce(request_id, '') AS request, filename,
                   kinesis_shard_id AS shard,
                   lpad(kinesis_sequence_number, 60, '0') || lpad(kinesis_sub_sequence_number::VARCHAR, 10, '0')
                       || lpad(kinesis_row_number::VARCHAR, 10, '0') AS place,
                   strftime(kinesis_arrival_timestamp, '%%Y/%%m/%%d/%%H') AS hour,
                   regexp_extract(filename, '(\\d{4}/\\d{2}/\\d{2}/\\d{2})/[^/]*$', 1) AS folder
            FROM read_json('%s', format = 'newline_delimited', compression = 'gzip', filename = true,
                 columns = {request_id: 'VARCHAR', kinesis_shard_id: 'VARCHAR', kinesis_sequence_number: 'VARCHAR',
                            kinesis_sub_sequence_number: 'BIGINT', kinesis_row_number: 'BIGINT',
                            kinesis_arrival_timestamp: 'TIMESTAMP'})""";

    private static final String NONE =
            "CREATE TABLE rows (request VARCHAR, filename VARCHAR, shard VARCHAR, place VARCHAR, hour VARCHAR,"
                    + " folder VARCHAR)";

    private final Connection duckDb;

    private DeliveredRows(Connection duckDb) {
        this.duckDb = duckDb;
    }

    /** Reads all objects below a folder; a folder without any gives no rows. */
    static DeliveredRows open(ObjectFolder objects) throws SQLException {
        DeliveredRows rows = new DeliveredRows(DriverManager.getConnection("jdbc:duckdb:"));
        // One thread, as several runs share the machine; rows stay in the order of their objects.
        rows.execute("SET threads = 1");
        // A glob that matches nothing is an error in DuckDB.
        rows.execute(objects.list().isEmpty() ? NONE : FROM_OBJECTS.formatted(objects.glob()));
        return rows;
    }

    /** How many rows there are now, or -1 when an object went away while it was read: another's takes its place. */
    static long count(ObjectFolder objects) {
        try (DeliveredRows rows = open(objects)) {
            return rows.number("SELECT count(*) FROM rows");
        } catch (SQLException e) {
            return -1;
        }
    }

    /** The request of every row, as often as it is there. */
    List<String> requests() throws SQLException {
        List<String> requests = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT request FROM rows")) {
            while (rows.next()) {
                requests.add(rows.getString(1));
            }
        }
        return requests;
    }

    /** Rows in an object that is not of the hour in which their record arrived. */
    long underAnotherHour() throws SQLException {
        return number("SELECT count(*) FROM rows WHERE hour IS DISTINCT FROM folder");
    }

    /** Rows that do not come after the one before them in their object. */
    long outOfOrder() throws SQLException {
        return number("SELECT count(*) FROM (SELECT place <= lag(place) OVER (PARTITION BY filename ORDER BY rowid)"
                + " AS isBehind FROM rows) WHERE isBehind");
    }

    /** Rows of a place in the stream that another row has, too. */
    long ofTheSamePlace() throws SQLException {
        return number("SELECT count(*) - count(DISTINCT (shard, place)) FROM rows");
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
