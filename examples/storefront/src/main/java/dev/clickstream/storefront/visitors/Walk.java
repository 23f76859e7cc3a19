package dev.clickstream.storefront.visitors;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One visitor's way through the shop: home, some products, now and then a basket, a purchase, an account. */
final class Walk {

    private static final Pattern DETAILS = Pattern.compile("href=\"([^\"]*action=view_details[^\"]*)\"");
    private static final Pattern BUY = Pattern.compile("href=\"([^\"]*action=buy[^\"]*product_id=[^\"]*)\"");
    private static final Pattern PICTURE = Pattern.compile("src=\"(/pictures/[^\"]*)\"");
    private static final Pattern FIELD = Pattern.compile("name=\"(order|product_id)\" value=\"([^\"]*)\"");
    private static final Pattern PRODUCT = Pattern.compile("name=\"product_id\" value=\"([^\"]*)\"");
    private static final List<String> WORDS =
            List.of("lamp", "oak", "kitchen", "wool", "steel", "garden gnome", "star");

    private final Browser browser;
    private final Random random;
    private final Consumer<Duration> pause;
    private final BooleanSupplier goesOn;

    /**
     * A way to go.
     *
     * @param pause how a visitor takes time
     * @param goesOn asked before each step
     */
    Walk(Browser browser, Random random, Consumer<Duration> pause, BooleanSupplier goesOn) {
        this.browser = browser;
        this.random = random;
        this.pause = pause;
        this.goesOn = goesOn;
    }

    /** Goes it to its end. */
    void go() throws IOException, InterruptedException {
        String home = browser.page("/");
        browser.asset("/static/shop.css");
        consent();
        account();
        String list = chance(30) ? search(home) : home;
        for (int views = 1 + random.nextInt(5); views > 0 && goesOn.getAsBoolean(); views--) {
            look(list);
        }
        checkOut("/checkout?action=buy", 40);
    }

    private void consent() throws IOException, InterruptedException {
        if (chance(85)) {
            browser.form("/consent", Map.of("answer", chance(90) ? "granted" : "denied"));
        }
    }

    private void account() throws IOException, InterruptedException {
        if (!chance(12)) {
            return;
        }
        String email = "visitor-" + Long.toHexString(random.nextLong()) + "@example.com";
        Map<String, String> form = Map.of("email", email, "password", "a long password");
        browser.page("/sign-up");
        browser.form("/sign-up", form);
        if (chance(50)) {
            browser.form("/log-out", Map.of());
            browser.page("/log-in");
            browser.form("/log-in", form);
        }
    }

    private String search(String home) throws IOException, InterruptedException {
        step();
        String found = browser.page(
                "/search?q=" + WORDS.get(random.nextInt(WORDS.size())).replace(" ", "%20"));
        return DETAILS.matcher(found).find() ? found : home;
    }

    private void look(String list) throws IOException, InterruptedException {
        step();
        String page = browser.page(oneOf(DETAILS, list));
        browser.asset(oneOf(PICTURE, page));
        if (chance(30)) {
            step();
            browser.form("/basket", Map.of("product_id", first(PRODUCT, page)));
        }
        if (chance(18)) {
            checkOut(first(BUY, page), 65);
        }
    }

    private void checkOut(String path, int buysPercent) throws IOException, InterruptedException {
        step();
        String page = browser.page(path);
        Map<String, String> form = new TreeMap<>();
        FIELD.matcher(page).results().forEach(field -> form.put(field.group(1), field.group(2)));
        if (form.containsKey("order") && chance(buysPercent)) {
            step();
            browser.form("/purchase", form);
        }
    }

    /** The lower of two numbers is more often a small one: some products sell better than others. */
    private String oneOf(Pattern pattern, String page) {
        List<String> all =
                pattern.matcher(page).results().map(Walk::text).distinct().toList();
        return all.get(Math.min(random.nextInt(all.size()), random.nextInt(all.size())));
    }

    private static String first(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(Walk::text).findFirst().orElseThrow();
    }

    private static String text(MatchResult match) {
        return match.group(1).replace("&amp;", "&").replace("&#39;", "'");
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void step() {
        pause.accept(Duration.ofMillis(100 + random.nextInt(900)));
    }
}
