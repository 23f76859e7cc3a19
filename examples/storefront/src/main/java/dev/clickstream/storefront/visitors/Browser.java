package dev.clickstream.storefront.visitors;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** As much of a browser as a simulated visitor needs: cookies, forms, and a referrer. One thread at a time. */
final class Browser {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI site;
    private final String userAgent;
    private final Map<String, String> cookies = new TreeMap<>();
    private @Nullable URI referrer;

    Browser(HttpClient http, URI site, String userAgent) {
        this.http = http;
        this.site = site;
        this.userAgent = userAgent;
    }

    /** Looks at a page, and becomes its visitor. */
    String page(String path) throws IOException, InterruptedException {
        String text = send(request(path).GET());
        referrer = site.resolve(path);
        return text;
    }

    /** Loads a picture or a style sheet. */
    void asset(String path) throws IOException, InterruptedException {
        send(request(path).GET());
    }

    /** Sends a form, and goes where the answer leads. */
    void form(String path, Map<String, String> fields) throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String location = send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (location.startsWith("/")) {
            page(location);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(site.resolve(path)).timeout(TIMEOUT).header("User-Agent", userAgent);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (referrer != null) {
            request.header("Referer", referrer.toString());
        }
        return request;
    }

    /** The page's text, or where the answer leads. */
    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] parts = cookie.split(";", 2)[0].split("=", 2);
            if (parts.length == 2) {
                cookies.put(parts[0], parts[1]);
            }
        }
        return response.headers().firstValue("Location").orElseGet(response::body);
    }
}
