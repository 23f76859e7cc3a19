package dev.clickstream.storefront.dashboard;

import dev.clickstream.consumer.catalog.ClickTable;
import dev.clickstream.consumer.catalog.SqlDialect;
import dev.clickstream.storefront.dashboard.LakeFolder.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The delivered objects in DuckDB: each is read once, when it is new, into the table that the catalog's views stand on, so
 * that a look costs what has come in and not what is there. One thread at a time.
 */
final class Lake implements AutoCloseable {
    /** Where rows lie. */
    static final String CLICKS = "clicks/";

    /** Where what could not be processed lies. */
    static final String ERRORS = "errors/";

    /** How many objects one statement reads. */
    private static final int OBJECTS_AT_ONCE = 500;

    // Of an event's columns those that a number on the page needs, as the catalog has them.
    private static final String COLUMNS =
            """
            {event_id: 'VARCHAR', event_name: 'VARCHAR', event_timestamp: 'VARCHAR', user_id: 'VARCHAR',
             user_pseudo_id: 'VARCHAR', request_id: 'VARCHAR', sampling_rate: 'INTEGER',
             items: 'STRUCT(item_id VARCHAR, item_name VARCHAR, quantity INTEGER)[]'}""";

    private final LakeFolder folder;
    private final Sql duckDb;

    private Lake(LakeFolder folder, Sql duckDb) {
        this.folder = folder;
        this.duckDb = duckDb;
    }

    /** Opens a bucket's folder, which need not exist yet; nothing is read before {@link #load}. */
    static Lake open(Path bucket) throws SQLException, IOException {
        Sql duckDb = new Sql(DriverManager.getConnection("jdbc:duckdb:"));
        try {
            // No request leaves this machine, not even for an extension.
            duckDb.execute("SET autoinstall_known_extensions = false");
            duckDb.execute("SET autoload_known_extensions = false");
            duckDb.execute("SET TimeZone = 'UTC'");
            duckDb.execute("SET memory_limit = '512MB'");
            createTables(duckDb);
            ShopCatalog.attach(duckDb);
            return new Lake(new LakeFolder(bucket), duckDb);
        } catch (SQLException | IOException | RuntimeException e) {
            duckDb.close();
            throw e;
        }
    }

    private static void createTables(Sql duckDb) throws SQLException {
        duckDb.execute("CREATE TABLE objects (key VARCHAR, file VARCHAR, bytes BIGINT, written TIMESTAMP)");
        duckDb.execute("CREATE TABLE failures (error_code VARCHAR, arrival TIMESTAMP)");
        duckDb.execute(
                """
                CREATE TABLE clicks (event_id VARCHAR, event_name VARCHAR, event_timestamp VARCHAR, user_id VARCHAR,
                  user_pseudo_id VARCHAR, request_id VARCHAR, sampling_rate INTEGER,
                  items STRUCT(item_id VARCHAR, item_name VARCHAR, quantity INTEGER)[], written TIMESTAMP)""");
        // Only the views are used, and they do not depend on bucket, prefix or day.
        ClickTable table = ClickTable.of("clicks", "lake", CLICKS, LocalDate.EPOCH);
        for (String view : table.views(SqlDialect.DUCKDB).values()) {
            duckDb.execute(view);
        }
    }

    /** Reads what is new; true if anything was. On an exception nothing is half read: the next call tries again. */
    boolean load() throws SQLException, IOException {
        boolean isNew = false;
        List<StoredObject> objects = folder.untaken(OBJECTS_AT_ONCE);
        while (!objects.isEmpty()) {
            List<StoredObject> loaded = objects;
            duckDb.together(() -> load(loaded));
            folder.taken(loaded);
            isNew = true;
            objects = loaded.size() < OBJECTS_AT_ONCE ? List.of() : folder.untaken(OBJECTS_AT_ONCE);
        }
        return isNew;
    }

    private void load(List<StoredObject> objects) throws SQLException {
        for (StoredObject object : objects) {
            duckDb.update(
                    "INSERT INTO objects VALUES (?, ?, ?, make_timestamp(?))",
                    object.key(),
                    object.file().toString(),
                    object.bytes(),
                    object.written().toEpochMilli() * 1000);
        }
        loadClicks(below(CLICKS, objects));
        loadFailures(below(ERRORS, objects));
    }

    private static List<StoredObject> below(String prefix, List<StoredObject> objects) {
        return objects.stream()
                .filter(object -> object.key().startsWith(prefix))
                .toList();
    }

    private void loadClicks(List<StoredObject> objects) throws SQLException {
        if (!objects.isEmpty()) {
            duckDb.execute(
                    """
                    INSERT INTO clicks SELECT line.* EXCLUDE (filename), object.written
                    FROM read_json(%s, format = 'newline_delimited', filename = true, columns = %s) line
                    JOIN objects object ON object.file = line.filename
                    """
                            .formatted(files(objects), COLUMNS));
        }
    }

    private void loadFailures(List<StoredObject> objects) throws SQLException {
        if (!objects.isEmpty()) {
            // Never what failed, which may hold addresses and cookies.
            duckDb.execute(
                    """
                    INSERT INTO failures SELECT "errorCode", make_timestamp("arrivalTimestamp" * 1000)
                    FROM read_json(%s, format = 'newline_delimited',
                                   columns = {errorCode: 'VARCHAR', arrivalTimestamp: 'BIGINT'})
                    """
                            .formatted(files(objects)));
        }
    }

    private static String files(List<StoredObject> objects) {
        return objects.stream()
                .map(object -> "'" + literal(object.file()) + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** A path inside quotes that means itself, where DuckDB takes patterns. */
    static String literal(Path file) {
        String plain = file.toString().replace("[", "[[]").replace("*", "[*]").replace("?", "[?]");
        return plain.replace("'", "''");
    }

    /** What to ask with. */
    Sql sql() {
        return duckDb;
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
