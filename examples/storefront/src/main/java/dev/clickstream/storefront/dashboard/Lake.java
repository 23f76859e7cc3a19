package dev.clickstream.storefront.dashboard;

import static java.util.Objects.requireNonNull;

import dev.clickstream.consumer.catalog.ClickTable;
import dev.clickstream.consumer.catalog.SqlDialect;
import dev.clickstream.storefront.dashboard.LakeFolder.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The delivered objects in DuckDB. Each is read once, when it is new: the catalog's views are asked of the rows that have
 * arrived and are not known yet, and what they say is kept, each event once in {@code clicks_events}, sums by product in
 * {@code product_hours}, {@code funnels} and {@code items}, to be added up. So a look at the lake costs what has come in,
 * not what is there. One thread at a time.
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

    private static final String ARRIVED_ITEMS =
            """
            SELECT item.item_id, any_value(item.item_name) AS item_name,
                   sum(CASE WHEN event_name = 'purchase' THEN coalesce(item.quantity, 1) * weight ELSE 0 END) AS units
            FROM arrived_events CROSS JOIN UNNEST(items) AS t(item) GROUP BY 1""";

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
        duckDb.execute("CREATE TABLE loads (click_rows BIGINT)");
        duckDb.execute(
                """
                CREATE TABLE arrived (event_id VARCHAR, event_name VARCHAR, event_timestamp VARCHAR, user_id VARCHAR,
                  user_pseudo_id VARCHAR, request_id VARCHAR, sampling_rate INTEGER,
                  items STRUCT(item_id VARCHAR, item_name VARCHAR, quantity INTEGER)[], written TIMESTAMP)""");
        for (String view : views("arrived").values()) {
            duckDb.execute(view);
        }
        duckDb.execute("CREATE TABLE clicks_events AS SELECT * FROM arrived_events LIMIT 0");
        duckDb.execute(requireNonNull(views("clicks").get("clicks_sessions")));
        duckDb.execute("CREATE TABLE product_hours AS SELECT * FROM arrived_product_hours LIMIT 0");
        duckDb.execute("CREATE TABLE funnels AS SELECT * FROM arrived_funnel LIMIT 0");
        duckDb.execute("CREATE TABLE items AS " + ARRIVED_ITEMS + " LIMIT 0");
    }

    /** The catalog's, which do not depend on bucket, prefix or day. */
    private static Map<String, String> views(String table) {
        return ClickTable.of(table, "lake", CLICKS, LocalDate.EPOCH).views(SqlDialect.DUCKDB);
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
        if (objects.isEmpty()) {
            return;
        }
        duckDb.execute("DELETE FROM arrived");
        duckDb.execute(
                """
                INSERT INTO arrived SELECT line.* EXCLUDE (filename), object.written
                FROM read_json(%s, format = 'newline_delimited', compression = 'gzip', filename = true, columns = %s) line
                JOIN objects object ON object.file = line.filename
                """
                        .formatted(files(objects), COLUMNS));
        duckDb.execute("INSERT INTO loads SELECT count(*) FROM arrived");
        duckDb.execute("DELETE FROM arrived WHERE event_id IN (SELECT event_id FROM clicks_events)");
        duckDb.execute("INSERT INTO product_hours SELECT * FROM arrived_product_hours");
        duckDb.execute("INSERT INTO funnels SELECT * FROM arrived_funnel");
        duckDb.execute("INSERT INTO items " + ARRIVED_ITEMS);
        duckDb.execute("INSERT INTO clicks_events SELECT * FROM arrived_events");
    }

    private void loadFailures(List<StoredObject> objects) throws SQLException {
        if (!objects.isEmpty()) {
            // Never what failed, which may hold addresses and cookies.
            duckDb.execute(
                    """
                    INSERT INTO failures SELECT "errorCode", make_timestamp("arrivalTimestamp" * 1000)
                    FROM read_json(%s, format = 'newline_delimited', compression = 'gzip',
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
