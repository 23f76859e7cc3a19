package dev.clickstream.storefront.shop;

import dev.clickstream.storefront.shop.Accounts.Account;
import org.jspecify.annotations.Nullable;

/** What is around every page: head, navigation, the question for consent. Immutable. */
final class Layout {

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{} – Hearth &amp; Trail</title>
            <link rel="icon" href="/static/favicon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/static/shop.css">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="top">
            <a class="brand" href="/"><img src="/static/favicon.svg" alt="" width="36" height="36">Hearth &amp; Trail</a>
            <form class="search" role="search" action="/search" method="get">
            <label class="hidden" for="q">Search products</label>
            <input id="q" name="q" type="search" placeholder="Search products" value="{}" maxlength="100" required>
            <button>Search</button>
            </form>
            <nav aria-label="Shop">
            <a href="/basket">Basket <span class="count">{}<span class="hidden"> pieces</span></span></a>
            {}
            </nav>
            </header>
            <main id="main" tabindex="-1">
            {}
            </main>
            {}
            <footer>
            <p>A shop on your own machine: no request leaves it, and nothing is sold.
            <a href="{}">See your clicks on the dashboard</a></p>
            </footer>
            </body>
            </html>
            """;

    private static final String GUEST = "<a href=\"/log-in\">Log in</a> <a href=\"/sign-up\">Sign up</a>";

    private static final String KNOWN =
            """
            <span class="who" title="{}">{}</span>
            <form action="/log-out" method="post"><button class="link">Log out</button></form>""";

    private static final String CONSENT =
            """
            <section class="consent" aria-label="Consent">
            <p>May this shop recognise your browser by a cookie, so that your clicks count as one visitor's?</p>
            <form action="/consent" method="post">
            <input type="hidden" name="back" value="{}">
            <button name="answer" value="granted">Yes</button>
            <button name="answer" value="denied" class="quiet">No</button>
            </form>
            </section>""";

    private final String dashboard;

    Layout(String dashboard) {
        this.dashboard = dashboard;
    }

    Html page(Visit visit, String title, Html main) {
        String query =
                visit.request().path().equals("/search") ? visit.parameters().value("q") : "";
        return Html.of(
                PAGE,
                title,
                query,
                visit.basket().pieces(),
                who(visit.account()),
                main,
                visit.undecided() ? Html.of(CONSENT, back(visit)) : Html.NOTHING,
                dashboard);
    }

    /** Back to the page itself counts as one more look at it; so back to the list. */
    private static String back(Visit visit) {
        return visit.request().path().equals("/basket") ? "/basket" : "/";
    }

    private static Html who(@Nullable Account account) {
        return account == null ? new Html(GUEST) : Html.of(KNOWN, account.email(), account.email());
    }
}
