package dev.clickstream.storefront.dashboard;

import dev.clickstream.storefront.dashboard.LakeNumbers.ProductRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the clicks and the shop's catalog together. One thread at a time. */
final class ProductQueries {
    private static final int SHOWN_PRODUCTS = 50;

    private final Sql sql;

    ProductQueries(Sql sql) {
        this.sql = sql;
    }

    /**
     * The catalog's products and whatever else was clicked, the most clicked first. One is overlooked if it costs at least
     * the catalog's median, is viewed more than the average of what is viewed, five times or more, and was never bought.
     */
    List<ProductRow> products() throws SQLException {
        return sql.rows(
                ProductQueries::product,
                """
                WITH clicked AS (SELECT item_id, sum(estimated_events) AS clicks FROM product_hours GROUP BY 1),
                     funnel AS (SELECT item_id, sum(viewed) AS viewed, sum(added_to_cart) AS added_to_cart,
                                       sum(checkout_begun) AS checkout_begun, sum(purchased) AS purchased
                                FROM funnels GROUP BY 1),
                     item AS (SELECT item_id, any_value(item_name) AS name, sum(units) AS units FROM items GROUP BY 1),
                     joined AS MATERIALIZED (
                       SELECT coalesce(product_id, clicked.item_id) AS id, coalesce(product.name, item.name, id) AS name,
                              category, price, currency, stock, coalesce(clicks, 0) AS clicks,
                              coalesce(viewed, 0) AS viewed, coalesce(added_to_cart, 0) AS added_to_cart,
                              coalesce(checkout_begun, 0) AS checkout_begun, coalesce(purchased, 0) AS purchased,
                              coalesce(units, 0) AS units, product.rowid AS place
                       FROM shop.products product
                       FULL JOIN clicked ON clicked.item_id = product_id
                       LEFT JOIN funnel ON funnel.item_id = clicked.item_id
                       LEFT JOIN item ON item.item_id = clicked.item_id)
                SELECT id, name, category, price, currency, CAST(round(stock - units) AS BIGINT), clicks, viewed,
                       added_to_cart, checkout_begun, purchased, CAST(units * price AS DECIMAL(18, 2)),
                       coalesce(purchased = 0 AND viewed >= 5
                                AND viewed > (SELECT avg(viewed) FROM joined WHERE viewed > 0)
                                AND price >= (SELECT median(price) FROM shop.products), false)
                FROM joined ORDER BY clicks DESC, place, id LIMIT %d
                """
                        .formatted(SHOWN_PRODUCTS));
    }

    private static ProductRow product(ResultSet row) throws SQLException {
        return new ProductRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBigDecimal(4),
                row.getString(5),
                nullable(row, 6),
                row.getDouble(7),
                row.getDouble(8),
                row.getDouble(9),
                row.getDouble(10),
                row.getDouble(11),
                row.getBigDecimal(12),
                row.getBoolean(13));
    }

    private static @Nullable Long nullable(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
