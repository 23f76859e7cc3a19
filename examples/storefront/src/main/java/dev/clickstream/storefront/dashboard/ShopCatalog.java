package dev.clickstream.storefront.dashboard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/**
 * What the clicks do not hold: the shop's own database of products, with prices and stock, attached to the same DuckDB as
 * {@code shop}, so that one query joins both. A real shop would attach its Postgres or SQLite here.
 */
final class ShopCatalog {
    /** Its products, as they are committed. */
    static final String RESOURCE = "/web/catalog.csv";

    private ShopCatalog() {}

    static void attach(Sql duckDb) throws SQLException, IOException {
        Path file = Files.createTempFile("catalog", ".csv");
        try (InputStream products = ShopCatalog.class.getResourceAsStream(RESOURCE)) {
            if (products == null) {
                throw new FileNotFoundException(RESOURCE + " is not on the class path");
            }
            Files.copy(products, file, StandardCopyOption.REPLACE_EXISTING);
            attach(duckDb, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static void attach(Sql duckDb, Path csv) throws SQLException {
        duckDb.execute("ATTACH ':memory:' AS shop");
        duckDb.execute(
                """
                CREATE TABLE shop.products AS SELECT * FROM read_csv('%s', header = true, columns = {
                  product_id: 'VARCHAR', name: 'VARCHAR', category: 'VARCHAR', price: 'DECIMAL(18, 2)',
                  currency: 'VARCHAR', stock: 'INTEGER'})
                """
                        .formatted(Lake.literal(csv)));
    }
}
