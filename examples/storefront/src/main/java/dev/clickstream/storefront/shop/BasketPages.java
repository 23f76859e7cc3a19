package dev.clickstream.storefront.shop;

import java.util.List;

/** Basket, checkout and thanks. Immutable. */
final class BasketPages {

    private static final String EMPTY = "<h1>Your basket</h1><p>It is empty. <a href=\"/\">Have a look around</a>.</p>";

    private static final String BASKET =
            """
            <h1>Your basket</h1>
            {}
            <p class="actions"><a class="button" href="/checkout?action=buy">Check out</a>
            <a class="button quiet" href="/">Go on looking</a></p>
            """;

    private static final String REMOVE =
            """
            <form action="/basket/remove" method="post"><input type="hidden" name="product_id" value="{}">
            <button class="link">Remove<span class="hidden"> {}</span></button></form>""";

    private static final String CHECKOUT =
            """
            <h1>Check out</h1>
            {}
            <form action="/purchase" method="post" class="actions">
            <input type="hidden" name="order" value="{}">
            <input type="hidden" name="product_id" value="{}">
            <button id="pay">Buy now</button>
            <a class="button quiet" href="/">Not now</a>
            </form>
            <p class="note">Nothing is paid and nothing is sent. The backend tells the stream of a purchase.</p>
            """;

    private static final String THANKS =
            """
            <h1>Thank you</h1>
            <p role="status">Your order {} is on its way to the dashboard.</p>
            {}
            <p class="actions"><a class="button" href="/">Go on looking</a></p>
            """;

    private static final String LINES =
            """
            <div class="scroll"><table>
            <thead><tr><th scope="col">Product</th><th scope="col" class="number">Pieces</th>\
            <th scope="col" class="number">Price</th>{}</tr></thead>
            <tbody>{}</tbody>
            <tfoot><tr><th scope="row" colspan="2">Total</th><td class="number">{}</td>{}</tr></tfoot>
            </table></div>
            """;

    private static final String LINE =
            """
            <tr><th scope="row"><img src="{}" alt="" width="56" height="42"> {}</th><td class="number">{}</td>\
            <td class="number">{}</td>{}</tr>
            """;

    private BasketPages() {}

    /** Whether lines can be taken out of a table. */
    private enum Lines {
        FIXED,
        REMOVABLE
    }

    static Html basket(List<Basket.Line> lines) {
        return lines.isEmpty() ? new Html(EMPTY) : Html.of(BASKET, table(lines, Lines.REMOVABLE));
    }

    /**
     * The page before a purchase.
     *
     * @param order its number to be
     * @param productId of what is bought, or empty for the basket
     */
    static Html checkout(List<Basket.Line> lines, String order, String productId) {
        return Html.of(CHECKOUT, table(lines, Lines.FIXED), order, productId);
    }

    static Html thanks(String order, List<Basket.Line> lines) {
        return Html.of(THANKS, order.substring(0, 8), table(lines, Lines.FIXED));
    }

    private static Html table(List<Basket.Line> lines, Lines kind) {
        boolean removable = kind == Lines.REMOVABLE;
        List<Html> rows = lines.stream()
                .map(line -> Html.of(
                        LINE,
                        line.article().picture(),
                        line.article().name(),
                        line.quantity(),
                        Article.money(line.price(), line.article().currency()),
                        removable ? remove(line.article()) : Html.NOTHING))
                .toList();
        return Html.of(
                LINES,
                removable ? new Html("<td></td>") : Html.NOTHING,
                Html.all(rows),
                Article.money(Basket.total(lines), lines.get(0).article().currency()),
                removable ? new Html("<td></td>") : Html.NOTHING);
    }

    private static Html remove(Article article) {
        return Html.of("<td class=\"number\">{}</td>", Html.of(REMOVE, article.id(), article.name()));
    }
}
