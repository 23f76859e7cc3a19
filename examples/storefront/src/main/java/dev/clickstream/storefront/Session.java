package dev.clickstream.storefront;

import dev.clickstream.storefront.edge.CloudFrontText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One visitor's way through the generated shop: home, a list, some products, now and then a purchase. */
final class Session {

    private static final List<Product> CATALOGUE = Product.catalogue();
    private static final int GOES_ON_PERCENT = 60;
    private static final int BOT_GOES_ON_PERCENT = 85;
    private static final int LOOKS_AT_A_PRODUCT_PERCENT = 50;
    private static final int BUYS_PERCENT = 9;

    private final Random random;
    private final Visitor visitor;
    private final List<ShopRequest> requests = new ArrayList<>();
    private Instant time;

    private Session(Instant start, Random random) {
        this.random = random;
        this.visitor = Visitor.random(random);
        this.time = start;
    }

    /** Its requests, by time. */
    static List<ShopRequest> generate(Instant start, Random random) {
        Session session = new Session(start, random);
        session.page("/", "");
        while (random.nextInt(100) < (session.visitor.bot() ? BOT_GOES_ON_PERCENT : GOES_ON_PERCENT)) {
            if (random.nextInt(100) < LOOKS_AT_A_PRODUCT_PERCENT) {
                session.product();
            } else {
                session.page("/list/" + random.nextInt(20), random.nextBoolean() ? "page=" + random.nextInt(9) : "");
            }
        }
        return session.requests;
    }

    private void product() {
        // The lower of two is more often a small number: some products sell better than others.
        int rank = Math.min(random.nextInt(CATALOGUE.size()), random.nextInt(CATALOGUE.size()));
        Product product = CATALOGUE.get(rank);
        click("/product/" + product.id(), ShopRequest.Action.VIEW, product);
        if (!visitor.bot() && random.nextInt(100) < BUYS_PERCENT) {
            click("/cart", ShopRequest.Action.BUY, product);
        }
    }

    private void click(String path, ShopRequest.Action action, Product product) {
        String campaign = random.nextInt(10) == 0 ? "utm_source=mail&" : "";
        String query = campaign + "action=" + action.parameter() + "&product_id=" + CloudFrontText.sent(product.id())
                + "&product_name=" + CloudFrontText.sent(product.name());
        request(method(), status(), path, query, action, product);
        assets();
    }

    private void page(String path, String query) {
        request(method(), status(), path, query, ShopRequest.Action.NONE, null);
        assets();
    }

    /** What a page needs; less of it once it is in the browser's cache, and little of it if a bot reads the page. */
    private void assets() {
        int most = visitor.bot() ? 3 : requests.size() < 2 ? 30 : 20;
        int count = random.nextInt(most);
        for (int i = 0; i < count; i++) {
            time = time.plusMillis(5 + random.nextInt(60));
            boolean picture = random.nextBoolean();
            String path =
                    picture ? "/images/" + random.nextInt(5_000) + ".jpg" : "/static/app-" + random.nextInt(9) + ".js";
            add("GET", status(), path, picture ? "wh=200x200" : "", ShopRequest.Action.NONE, null);
        }
    }

    private void request(
            String method,
            int status,
            String path,
            String query,
            ShopRequest.Action action,
            @Nullable Product product) {
        time = time.plusMillis(800 + random.nextInt(40_000));
        add(method, status, path, query, action, product);
    }

    private void add(
            String method,
            int status,
            String path,
            String query,
            ShopRequest.Action action,
            @Nullable Product product) {
        byte[] id = new byte[40];
        random.nextBytes(id);
        requests.add(new ShopRequest(
                time,
                visitor,
                method,
                status,
                path,
                query,
                ShopRequest.id(id),
                action,
                product,
                random.nextInt(60_000)));
    }

    private String method() {
        int dice = random.nextInt(1000);
        return dice < 984 ? "GET" : dice < 996 ? "POST" : "HEAD";
    }

    private int status() {
        int dice = random.nextInt(1000);
        return dice < 925 ? 200 : dice < 951 ? 304 : dice < 971 ? 302 : dice < 988 ? 500 : dice < 996 ? 404 : 0;
    }
}
