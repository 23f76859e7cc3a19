package dev.clickstream.storefront.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogTest {

    private final Catalog catalog = new Catalog();

    @Test
    void articles_areThoseOfTheFile_eachWithAPicture() {
        assertThat(catalog.all()).hasSize(24).allSatisfy(article -> {
            assertThat(SiteFiles.find(article.picture())).as(article.name()).hasValueSatisfying(picture -> {
                assertThat(picture.contentType()).isEqualTo("image/svg+xml");
                assertThat(picture.body()).isNotEmpty();
            });
            assertThat(article.price()).isPositive();
        });
        assertThat(catalog.categories()).containsExactly("Kitchen", "Light", "Home", "Desk", "Outdoors");
    }

    @Test
    void quotes_areThoseOfTheName() {
        assertThat(catalog.byId("15")).map(Article::name).hasValue("Vase \"Moon\"");
    }

    @Test
    void link_saysWhatItDoes_encoded() {
        assertThat(catalog.byId("16").orElseThrow().link("/checkout", "buy"))
                .isEqualTo("/checkout?action=buy&product_id=16&product_name=Notebook%20%26%20Pencil");
    }

    @Test
    void search_wantsAllWords_inNameOrCategory() {
        assertThat(catalog.matching("light")).extracting(Article::id).containsExactly("7", "8", "9", "10");
        assertThat(catalog.matching("  OAK kitchen ")).extracting(Article::id).containsExactly("4");
        assertThat(catalog.matching("gnome")).isEmpty();
    }

    @Test
    void files_areNoneButTheShops() {
        assertThat(SiteFiles.find("/favicon.ico")).isPresent();
        assertThat(SiteFiles.find("/static/shop.css")).isPresent();
        assertThat(SiteFiles.find("/static/../../catalog.csv")).isEmpty();
        assertThat(SiteFiles.find("/static/none.css")).isEmpty();
        assertThat(SiteFiles.find("/pictures/99.svg")).isEmpty();
    }
}
