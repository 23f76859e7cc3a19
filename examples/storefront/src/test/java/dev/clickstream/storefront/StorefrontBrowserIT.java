package dev.clickstream.storefront;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clickstream.storefront.HeadlessBrowser.Scheme;
import dev.clickstream.storefront.HeadlessBrowser.Screen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A person with a browser, from the shop to the dashboard. Alone, as it looks at the clock. */
@Isolated
@EnabledIf(value = "browserIsInstalled", disabledReason = StorefrontBrowserIT.NO_BROWSER)
class StorefrontBrowserIT {

    static final String NO_BROWSER =
            "the pages are not looked at: there is no /usr/bin/chromium with /usr/bin/chromedriver, as Debian installs them";

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);
    private static final ServeOptions OPTIONS =
            new ServeOptions(OptionalInt.of(0), OptionalInt.of(0), 100, false, null);

    @TempDir
    Path folder;

    static boolean browserIsInstalled() {
        if (!HeadlessBrowser.isInstalled()) {
            // Maven's console tells of a skipped test, and not why.
            System.out.println("StorefrontBrowserIT is skipped; " + NO_BROWSER);
        }
        return HeadlessBrowser.isInstalled();
    }

    @Test
    void clicksOfAPerson_areOnTheDashboardWithinFiveSeconds() throws IOException {
        try (Serve serve = Serve.start(OPTIONS, folder.toRealPath());
                HeadlessBrowser browser = new HeadlessBrowser()) {
            photograph(browser, serve.dashboard(), "dashboard-empty");
            photograph(browser, serve.shop(), "shop-empty");

            browser.look(Screen.DESKTOP, Scheme.LIGHT);
            long pagesBefore = serve.pipeline().expectedEvents().getOrDefault("page_view", 0L);
            walk(browser, serve.shop());
            browser.open(serve.dashboard());

            await().atMost(SHOWN_WITHIN).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
                assertThat(browser.text("#verdict")).isEqualTo("Counts are exact");
                assertCount(browser, "view_item", 3);
                assertCount(browser, "begin_checkout", 1);
                assertCount(browser, "purchase", 1);
                assertCount(browser, "sign_up", 1);
                // Home, home after consent, sign-up, home again, and home after each look; thanks.
                assertCount(browser, "page_view", pagesBefore + 8);
                assertThat(browser.text("tr[data-product='7'] [data-column=viewed]"))
                        .isEqualTo("3");
                assertThat(browser.text("tr[data-product='1'] [data-column=bought]"))
                        .isEqualTo("1");
                assertThat(browser.text("tr[data-product='1'] [data-column=viewed]"))
                        .isEqualTo("0");
            });

            serve.pipeline().set("visitors", true);
            await().atMost(60, SECONDS)
                    .until(() -> serve.pipeline().workerResults().getOrDefault("ok", 0L) > 150);
            photograph(browser, serve.dashboard(), "dashboard-busy");
            photograph(browser, serve.shop().resolve("/product?action=view_details&product_id=5"), "shop-busy");

            String shop = serve.shop().getAuthority();
            String dashboard = serve.dashboard().getAuthority();
            assertThat(browser.requests())
                    .hasSizeGreaterThan(50)
                    .allMatch(asked -> "data".equals(asked.getScheme())
                            || shop.equals(asked.getAuthority())
                            || dashboard.equals(asked.getAuthority()));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void assertCount(HeadlessBrowser browser, String event, long count) {
        String row = "#check-lines tr[data-event='" + event + "'] ";
        assertThat(browser.text(row + "[data-column=sent]"))
                .as("%s sent", event)
                .isEqualTo(Long.toString(count));
        assertThat(browser.text(row + "[data-column=delivered]"))
                .as("%s delivered", event)
                .isEqualTo(Long.toString(count));
    }

    private static void walk(HeadlessBrowser browser, URI shop) {
        browser.open(shop);
        browser.click(".consent button[value=granted]");
        browser.click("a[href='/sign-up']");
        browser.type("#email", "anna@example.com");
        browser.type("#password", "a long password");
        browser.click(".fields button");
        assertThat(browser.text(".who")).isEqualTo("anna@example.com");
        for (int i = 0; i < 3; i++) {
            browser.click(".actions a[href*='action=view_details&product_id=7&']");
            assertThat(browser.text("h1")).isEqualTo("Desk Lamp");
            browser.click(".crumbs a");
        }
        browser.click(".actions a[href*='action=buy&product_id=1&']");
        browser.click("#pay");
        assertThat(browser.text("h1")).isEqualTo("Thank you");
    }

    /** On a phone and a desk, by day and night. */
    private static void photograph(HeadlessBrowser browser, URI page, String name) throws IOException {
        for (Screen screen : Screen.values()) {
            for (Scheme scheme : Scheme.values()) {
                browser.look(screen, scheme);
                browser.open(page);
                browser.awaitElement("body:not(.is-loading)");
                String file = (name + "-" + screen + "-" + scheme + ".png").toLowerCase(Locale.ROOT);
                assertThat(browser.isTooWide()).as(file).isFalse();
                browser.screenshot(SCREENSHOTS.resolve(file));
            }
        }
    }
}
