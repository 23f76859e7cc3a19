package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.ClickReader;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.event.ClickEvent;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's snippet in the README names what the pixel's rules take. */
class PageSnippetTest {

    private static final Pattern SNIPPET = Pattern.compile("```html\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\b(\\w+): (?:'(\\w+)'|([\\w.]+))");

    private static final Map<String, String> BROWSER = Map.of(
            "location.href", "https://shop.example/product/7?color=red&size=m",
            "document.referrer", "https://search.example/?q=shoes and more",
            "document.title", "Shoes, 50 % off");

    @Test
    void parameters_areThoseThatTheRulesTake() throws IOException {
        Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(snippet.find()).as("a page's snippet").isTrue();
        Matcher parameter = PARAMETER.matcher(snippet.group(1));
        List<String> query = new ArrayList<>();
        while (parameter.find()) {
            String value = parameter.group(2) != null ? parameter.group(2) : BROWSER.get(parameter.group(3));
            assertThat(value).as(parameter.group()).isNotNull();
            query.add(parameter.group(1) + "=" + encoded(value));
        }
        ClickEvent event = read(String.join("&", query));

        assertThat(event.eventName()).isEqualTo("page_view");
        assertThat(event.pageLocation()).isEqualTo(BROWSER.get("location.href"));
        assertThat(event.pageReferrer()).isEqualTo(BROWSER.get("document.referrer"));
        assertThat(event.pageTitle()).isEqualTo(BROWSER.get("document.title"));
    }

    /** As encodeURIComponent does, and CloudFront once more with the percent signs of what it logs. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20").replace("%", "%25");
    }

    private static ClickEvent read(String query) {
        RealTimeLogFormat format = RealTimeLogFormat.of(
                List.of("timestamp", "c-ip", "sc-status", "cs-method", "cs-uri-stem", "cs-uri-query", "cs-user-agent"));
        String line = "1767225600.123\t192.0.2.1\t200\tGET\t/pixel.gif\t" + query + "\tMozilla/5.0";
        List<ClickReader.Result> results = ClickReader.builder(format, ClickRules.pixel())
                .salt("a salt of sixteen characters and more")
                .build()
                .read(line.getBytes(UTF_8));
        assertThat(results).singleElement().isInstanceOf(ClickReader.Result.Click.class);
        return ((ClickReader.Result.Click) results.get(0)).event();
    }
}
