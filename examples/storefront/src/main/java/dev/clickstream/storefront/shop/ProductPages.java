package dev.clickstream.storefront.shop;

import java.util.List;

/** Pages that show products. Immutable. */
final class ProductPages {

    private static final String HOME =
            """
            <div class="hero"><h1>Good things for home and away</h1>
            <p>{} products, each drawn by hand. Look, search, buy: every click becomes a number.</p></div>
            <nav class="shelves" aria-label="Shelves"><ul>{}</ul></nav>
            <h2 class="hidden">All products</h2>
            {}
            """;

    private static final String CARD =
            """
            <li class="card">
            <a class="picture" href="{}" tabindex="-1" aria-hidden="true"><img src="{}" alt="" width="400" height="300"></a>
            <p class="shelf">{}</p>
            <h3>{}</h3>
            <p class="price">{}</p>
            <div class="actions">
            <a class="button quiet" href="{}">View details<span class="hidden"> of {}</span></a>
            <a class="button" href="{}">Buy<span class="hidden"> {}</span></a>
            {}
            </div>
            </li>
            """;

    private static final String ADD =
            """
            <form action="/basket" method="post"><input type="hidden" name="product_id" value="{}">
            <button class="quiet">Add to basket<span class="hidden">: {}</span></button></form>""";

    private static final String DETAILS =
            """
            <p class="crumbs"><a href="/">All products</a> › {}</p>
            <article class="details">
            <img src="{}" alt="Picture: {}" width="400" height="300">
            <div>
            <h1>{}</h1>
            <p class="price">{}</p>
            <p>From our shelf “{}”. Made to last, easy to mend, and drawn by hand: this picture is all there is of it.</p>
            <div class="actions"><a class="button" href="{}">Buy<span class="hidden"> {}</span></a>
            {}</div>
            </div>
            </article>
            <h2>More from this shelf</h2>
            {}
            """;

    private final Catalog catalog;

    ProductPages(Catalog catalog) {
        this.catalog = catalog;
    }

    Html home() {
        List<Html> shelves = catalog.categories().stream()
                .map(category ->
                        Html.of("<li><a class=\"button quiet\" href=\"/search?q={}\">{}</a></li>", category, category))
                .toList();
        return Html.of(HOME, catalog.all().size(), Html.all(shelves), cards(catalog.all()));
    }

    Html found(String words, List<Article> articles) {
        return Html.of(
                "<h1>Results for “{}”</h1><p role=\"status\">{}</p>{}",
                words,
                switch (articles.size()) {
                    case 0 -> "Nothing found. Try “lamp”, “oak” or “kitchen”.";
                    case 1 -> "1 product";
                    default -> articles.size() + " products";
                },
                cards(articles));
    }

    Html details(Article article) {
        List<Article> others = catalog.in(article.category()).stream()
                .filter(other -> !other.equals(article))
                .limit(4)
                .toList();
        return Html.of(
                DETAILS,
                article.category(),
                article.picture(),
                article.name(),
                article.name(),
                article.priceText(),
                article.category(),
                buyLink(article),
                article.name(),
                add(article),
                cards(others));
    }

    private static Html cards(List<Article> articles) {
        return Html.of(
                "<ul class=\"cards\">{}</ul>",
                Html.all(articles.stream().map(ProductPages::card).toList()));
    }

    private static Html card(Article article) {
        String details = article.link("/product", "view_details");
        return Html.of(
                CARD,
                details,
                article.picture(),
                article.category(),
                article.name(),
                article.priceText(),
                details,
                article.name(),
                buyLink(article),
                article.name(),
                add(article));
    }

    private static String buyLink(Article article) {
        return article.link("/checkout", "buy");
    }

    private static Html add(Article article) {
        return Html.of(ADD, article.id(), article.name());
    }
}
