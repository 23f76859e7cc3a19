package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.ClickEventBuilder;
import dev.clickstream.event.Item;
import dev.clickstream.storefront.dashboard.LakeNumbers.ProductRow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clicks joined with the shop's catalog: 1 is a Copper Kettle for 49.90, 32 of them; 3 a Stoneware Mug for 14.00. */
class ProductQueriesTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private final List<ClickEvent> events = new ArrayList<>();
    private Lake lake;
    private ProductQueries products;

    @BeforeEach
    void open() throws Exception {
        lake = Lake.open(directory);
        products = new ProductQueries(lake.sql());
    }

    @AfterEach
    void close() throws SQLException {
        lake.close();
    }

    private void happened(int times, String name, Item... items) {
        for (int i = 0; i < times; i++) {
            ClickEventBuilder event = ClickEvent.builder(name)
                    .eventId("e-" + events.size())
                    .eventTimestamp(NOON)
                    .userPseudoId("anna");
            for (Item item : items) {
                event.item(item);
            }
            events.add(event.build());
        }
    }

    private static Item item(String id) {
        return Item.of(id, null);
    }

    private List<ProductRow> rows() throws Exception {
        new WrittenLake(directory)
                .rows("2026/01/31/12/" + events.size() + ".gz", NOON, events.toArray(ClickEvent[]::new));
        lake.load();
        return products.products();
    }

    private ProductRow row(String id) throws Exception {
        return rows().stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void emptyLake_showsTheCatalog_inItsOrder() throws Exception {
        assertThat(products.products()).hasSize(24).extracting(ProductRow::id).startsWith("1", "2", "3");
        assertThat(products.products()).extracting(ProductRow::clicks).containsOnly(0.0);
    }

    @Test
    void product_hasItsClicks_andWhatTheCatalogKnows() throws Exception {
        happened(5, "view_item", item("1"));
        happened(3, "add_to_cart", item("1"));
        happened(2, "begin_checkout", item("1"));
        happened(1, "purchase", item("1").withQuantity(2));
        happened(1, "purchase", item("1"), item("3"));

        assertThat(row("1"))
                .isEqualTo(new ProductRow(
                        "1",
                        "Copper Kettle",
                        "Kitchen",
                        new BigDecimal("49.90"),
                        "EUR",
                        29L,
                        12,
                        5,
                        3,
                        2,
                        2,
                        new BigDecimal("149.70"),
                        false));
        assertThat(products.products()).extracting(ProductRow::id).startsWith("1", "3", "2");
    }

    @Test
    void clicks_ofSeveralLoads_addUp() throws Exception {
        happened(2, "view_item", item("1"));
        rows();
        happened(3, "view_item", item("1")); // and the first two again

        assertThat(row("1").viewed()).isEqualTo(5);
    }

    @Test
    void product_thatTheCatalogDoesNotHave_isShownAsTheClicksCallIt() throws Exception {
        happened(1, "purchase", Item.of("<b>", "<img src=x onerror=alert(1)>"));

        ProductRow unknown = row("<b>");

        assertThat(unknown.name()).isEqualTo("<img src=x onerror=alert(1)>");
        assertThat(unknown.price()).isNull();
        assertThat(unknown.stock()).isNull();
        assertThat(unknown.revenue()).isNull();
        assertThat(unknown.purchased()).isEqualTo(1);
    }

    @Test
    void expensiveProduct_thatManyView_andNobodyBuys_isOverlooked() throws Exception {
        happened(5, "view_item", item("1"));
        happened(1, "view_item", item("2"));

        assertThat(row("1").isOverlooked()).isTrue();
    }

    @Test
    void product_isNotOverlooked_ifBought_orCheap_orSeldomViewed_orViewedLikeAllOthers() throws Exception {
        happened(9, "view_item", item("1"));
        happened(1, "purchase", item("1"));
        happened(9, "view_item", item("3")); // cheap
        happened(4, "view_item", item("5")); // not often
        happened(6, "view_item", item("20")); // not more often than others

        assertThat(rows()).extracting(ProductRow::isOverlooked).containsOnly(false);
    }
}
