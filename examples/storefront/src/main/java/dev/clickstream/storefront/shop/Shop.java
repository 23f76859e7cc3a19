package dev.clickstream.storefront.shop;

import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.HttpClick;
import dev.clickstream.storefront.edge.Origin;
import dev.clickstream.storefront.edge.ViewerRequest;
import dev.clickstream.storefront.shop.Accounts.Account;
import dev.clickstream.storefront.shop.Sessions.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shop: products to look at, to search, to put into a basket and to buy, and accounts. Thread-safe; all in memory.
 *
 * <p>Buy and View details are query parameters on any page's address, {@code ?action=buy&product_id=7}. Each answer says
 * which click its log record has to become; what is changed is changed by POST.
 */
public final class Shop implements Origin {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String ORDER = "[0-9a-f]{32}";

    private final Catalog catalog = new Catalog();
    private final Accounts accounts = new Accounts();
    private final Sessions sessions = new Sessions();
    private final Orders orders = new Orders();
    private final ProductPages products = new ProductPages(catalog);
    private final ShopEvents events;
    private final Layout layout;

    /**
     * A shop.
     *
     * @param producer of the backend's events; the caller's, not closed
     * @param dashboard the address that the pages' foot leads to
     */
    public Shop(ClickstreamProducer producer, String dashboard) {
        this.events = new ShopEvents(producer);
        this.layout = new Layout(dashboard);
    }

    @Override
    public Answer answer(ViewerRequest request) {
        if (request.method().equals("POST")) {
            return post(request);
        }
        return SiteFiles.own(request.path())
                ? SiteFiles.find(request.path()).orElseGet(() -> Answer.text(404, "There is no such file."))
                : get(request);
    }

    private Answer get(ViewerRequest request) {
        Visit visit;
        try {
            visit = visit(request, Parameters.parse(request.query()));
        } catch (IllegalArgumentException e) {
            return Answer.text(400, "This address cannot be understood.");
        }
        Answer answer = show(visit);
        return visit.click()
                .setCookie()
                .map(cookie -> answer.with("Set-Cookie", Cookies.overHttp(cookie)))
                .orElse(answer);
    }

    private Visit visit(ViewerRequest request, Parameters parameters) {
        String token = Cookies.value(request, Sessions.COOKIE);
        return new Visit(request, parameters, click(request), token, sessions.find(token));
    }

    /** A header may be missing; NullAway does not see that in the library's class file. */
    @SuppressWarnings("NullAway")
    private static HttpClick click(ViewerRequest request) {
        return HttpClick.of(request.method(), request.url(), request.headers());
    }

    /** By what the address asks for, and only then by its path, as the log's rules do. */
    private Answer show(Visit visit) {
        return switch (visit.parameters().value("action")) {
            case "view_details" -> details(visit);
            case "buy" -> checkout(visit);
            default -> byPath(visit);
        };
    }

    private Answer byPath(Visit visit) {
        return switch (visit.request().path()) {
            case "/" -> page(visit, "All products", products.home(), "page_view");
            case "/search" -> search(visit);
            case "/basket" ->
                page(visit, "Basket", BasketPages.basket(visit.basket().lines()), "page_view");
            case "/thanks" -> thanks(visit);
            case "/sign-up" -> page(visit, "Sign up", AccountPages.signUp("", ""), "page_view");
            case "/log-in" -> page(visit, "Log in", AccountPages.logIn("", ""), "page_view");
            default -> notFound(visit);
        };
    }

    private Answer page(Visit visit, String title, Html main, String click) {
        boolean isClick = visit.request().method().equals("GET");
        return page(200, visit, title, main, isClick ? click : null);
    }

    private Answer page(int status, Visit visit, String title, Html main, @Nullable String click) {
        byte[] body = layout.page(visit, title, main).bytes();
        return new Answer(status, HTML, body, List.of(), click).with("Cache-Control", "private, no-cache");
    }

    private Answer notFound(Visit visit) {
        Html main = new Html("<h1>Not here</h1><p>There is no such page. <a href=\"/\">See all products</a>.</p>");
        return page(404, visit, "Not found", main, null);
    }

    private Answer details(Visit visit) {
        return catalog.byId(visit.parameters().value("product_id"))
                .map(article -> page(visit, article.name(), products.details(article), "view_item"))
                .orElseGet(() -> notFound(visit));
    }

    private Answer search(Visit visit) {
        String words = visit.parameters().value("q");
        List<Article> found = words.isBlank() ? List.of() : catalog.matching(words);
        String click = visit.parameters().find("q").isPresent() ? "search" : "page_view";
        return page(visit, "Search", products.found(words, found), click);
    }

    private Answer checkout(Visit visit) {
        Optional<String> id = visit.parameters().find("product_id");
        if (id.isPresent() && catalog.byId(id.get()).isEmpty()) {
            return notFound(visit);
        }
        List<Basket.Line> lines = lines(visit);
        return lines.isEmpty()
                ? Answer.seeOther("/basket")
                : page(
                        visit,
                        "Check out",
                        BasketPages.checkout(lines, accounts.newToken(), id.orElse("")),
                        "begin_checkout");
    }

    /** One product, if the request names it; else what is in the basket. */
    private List<Basket.Line> lines(Visit visit) {
        return catalog.byId(visit.parameters().value("product_id"))
                .map(article -> List.of(new Basket.Line(article, 1)))
                .orElseGet(() -> visit.basket().lines());
    }

    private Answer thanks(Visit visit) {
        String order = visit.parameters().value("order");
        return orders.find(order)
                .map(lines -> page(visit, "Thank you", BasketPages.thanks(order, lines), "page_view"))
                .orElseGet(() -> notFound(visit));
    }

    private Answer post(ViewerRequest request) {
        if (!isOwnForm(request)) {
            return Answer.text(403, "This form is not of this shop.");
        }
        Visit visit;
        try {
            String form = new String(request.body(), StandardCharsets.UTF_8);
            visit = visit(request, Parameters.parse(form));
        } catch (IllegalArgumentException e) {
            return Answer.text(400, "This form cannot be understood.");
        }
        return switch (request.path()) {
            case "/basket" -> add(visit);
            case "/basket/remove" -> remove(visit);
            case "/purchase" -> purchase(visit);
            case "/sign-up" -> signUp(visit);
            case "/log-in" -> logIn(visit);
            case "/log-out" -> logOut(visit);
            case "/consent" -> consent(visit);
            default -> notFound(visit);
        };
    }

    /** Browsers say where a form comes from; a page of another site must not buy in a visitor's name. */
    private static boolean isOwnForm(ViewerRequest request) {
        String origin = request.header("Origin");
        return origin == null || origin.equals("http://" + request.header("Host"));
    }

    private Answer add(Visit visit) {
        Optional<Article> article = catalog.byId(visit.parameters().value("product_id"));
        if (article.isEmpty()) {
            return notFound(visit);
        }
        visit.basket().add(article.get());
        events.addToCart(visit.click(), visit.account(), article.get());
        return keeping(visit, visit.session(), Answer.seeOther("/basket"));
    }

    /** The session goes on under its token, or begins. */
    private Answer keeping(Visit visit, Session session, Answer answer) {
        String token = visit.token();
        if (token != null && sessions.knows(token)) {
            sessions.put(token, session);
            return answer;
        }
        return underNewToken(session, answer);
    }

    private Answer underNewToken(Session session, Answer answer) {
        String token = accounts.newToken();
        sessions.put(token, session);
        return answer.with("Set-Cookie", Cookies.ofSession(Sessions.COOKIE, token));
    }

    private Answer remove(Visit visit) {
        catalog.byId(visit.parameters().value("product_id")).ifPresent(visit.basket()::remove);
        return Answer.seeOther("/basket");
    }

    private Answer purchase(Visit visit) {
        String order = visit.parameters().value("order");
        String productId = visit.parameters().value("product_id");
        if (!order.matches(ORDER)
                || (!productId.isEmpty() && catalog.byId(productId).isEmpty())) {
            return Answer.text(400, "This form cannot be understood.");
        }
        if (orders.find(order).isEmpty()) {
            List<Basket.Line> lines = productId.isEmpty() ? visit.basket().empty() : lines(visit);
            if (lines.isEmpty()) {
                return Answer.seeOther("/basket");
            }
            if (orders.place(order, lines)) {
                events.purchase(visit.click(), visit.account(), order, lines);
            }
        }
        return Answer.seeOther("/thanks?order=" + order);
    }

    private Answer signUp(Visit visit) {
        String email = visit.parameters().value("email");
        try {
            Account account = accounts.signUp(email, visit.parameters().value("password"));
            events.signUp(visit.click(), account);
            return loggedIn(visit, account);
        } catch (IllegalArgumentException e) {
            return page(422, visit, "Sign up", AccountPages.signUp(email, String.valueOf(e.getMessage())), null);
        }
    }

    private Answer logIn(Visit visit) {
        String email = visit.parameters().value("email");
        Optional<Account> account = accounts.logIn(email, visit.parameters().value("password"));
        if (account.isEmpty()) {
            String problem = "Address and password do not fit.";
            return page(422, visit, "Log in", AccountPages.logIn(email, problem), null);
        }
        events.login(visit.click(), account.get());
        return loggedIn(visit, account.get());
    }

    /** Under a new token: one that somebody else planted before must not be a login now. */
    private Answer loggedIn(Visit visit, Account account) {
        sessions.remove(visit.token());
        return underNewToken(new Session(visit.basket(), account), Answer.seeOther("/"));
    }

    private Answer logOut(Visit visit) {
        sessions.remove(visit.token());
        return Answer.seeOther("/").with("Set-Cookie", Cookies.expired(Sessions.COOKIE));
    }

    /** The cookie that a visitor is known by comes with the next page, if the browser's own settings allow it too. */
    private static Answer consent(Visit visit) {
        boolean granted = visit.parameters().value("answer").equals("granted");
        boolean basket = visit.parameters().value("back").equals("/basket");
        Answer answer = Answer.seeOther(basket ? "/basket" : "/")
                .with("Set-Cookie", Cookies.ofAYear(HttpClick.CONSENT_COOKIE, granted ? "granted" : "denied"));
        return granted ? answer : answer.with("Set-Cookie", Cookies.expired(HttpClick.VISITOR_COOKIE));
    }
}
