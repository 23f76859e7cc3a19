package dev.clickstream.storefront.dashboard;

import dev.clickstream.storefront.dashboard.LakeNumbers.Named;
import dev.clickstream.storefront.dashboard.LakeNumbers.ObjectRow;
import dev.clickstream.storefront.dashboard.LakeNumbers.Objects;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Asks everything at one moment. One thread at a time. */
final class LakeReader {
    private static final int SHOWN_OBJECTS = 8;
    private static final int MINUTES = 60;
    private static final int HOURS = 24;

    private final Sql sql;
    private final ClickQueries clicks;
    private final ProductQueries products;

    LakeReader(Sql sql) {
        this.sql = sql;
        this.clicks = new ClickQueries(sql);
        this.products = new ProductQueries(sql);
    }

    /** Numbers as of the last {@link Lake#load}. */
    LakeNumbers read(Instant now) throws SQLException {
        return new LakeNumbers(
                clicks.delivered(),
                clicks.rows(),
                clicks.totals(),
                clicks.byEvent(),
                clicks.series(Duration.ofMinutes(1), MINUTES, now),
                clicks.series(Duration.ofHours(1), HOURS, now),
                clicks.funnel(),
                products.products(),
                clicks.newest(),
                clicks.freshness(),
                failures(),
                objects());
    }

    private List<Named> failures() throws SQLException {
        return sql.rows(ClickQueries::named, "SELECT error_code, count(*) FROM failures GROUP BY 1 ORDER BY 2 DESC, 1");
    }

    private Objects objects() throws SQLException {
        List<ObjectRow> newest = sql.rows(
                row -> new ObjectRow(row.getString(1), row.getLong(2), row.getLong(3)),
                "SELECT key, bytes, epoch_ms(written) FROM objects ORDER BY written DESC, key DESC LIMIT "
                        + SHOWN_OBJECTS);
        return sql.row(
                row -> new Objects(row.getLong(1), row.getLong(2), row.getLong(3), newest),
                "SELECT count(*), coalesce(sum(bytes), 0), count(*) FILTER (starts_with(key, '" + Lake.ERRORS
                        + "')) FROM objects");
    }
}
