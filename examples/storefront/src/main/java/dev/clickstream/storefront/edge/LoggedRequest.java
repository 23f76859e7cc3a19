package dev.clickstream.storefront.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that the edge has answered: what its log record tells, field by field.
 *
 * @param id unique
 * @param finished when the answer had been sent
 * @param took since the request came
 * @param request what was asked
 * @param status what was answered
 * @param bytes that were sent, headers not counted
 */
record LoggedRequest(String id, Instant finished, Duration took, ViewerRequest request, int status, long bytes) {

    /** CloudFront Developer Guide, real-time log fields: cookies are cut at 800 bytes, before they are encoded. */
    private static final int COOKIE_BYTES = 800;

    private static final String NOTHING = "-";
    private static final String LOCATION = "HOME1-P1";

    /** The field's value as it stands in the log. */
    String field(String name) {
        return switch (name) {
            case "timestamp" -> seconds(finished.getEpochSecond(), finished.getNano() / 1_000_000);
            case "time-taken" -> seconds(took.toSeconds(), took.toMillisPart());
            case "c-ip" -> request.address();
            case "c-ip-version" -> request.address().contains(":") ? "IPv6" : "IPv4";
            case "sc-status" -> String.format(Locale.ROOT, "%03d", status);
            case "sc-bytes" -> Long.toString(bytes);
            case "cs-method" -> request.method();
            case "cs-protocol" -> "http";
            case "cs-host" -> header("Host");
            case "cs-uri-stem" -> text(request.pathAndQuery());
            case "cs-uri-query" -> text(request.query());
            case "cs-user-agent" -> header("User-Agent");
            case "cs-referer" -> header("Referer");
            case "cs-cookie" -> text(cut(request.header("Cookie")));
            case "x-edge-location" -> LOCATION;
            case "x-edge-request-id" -> id;
            case "x-edge-result-type", "x-edge-response-result-type" -> status < 400 ? "Miss" : "Error";
            default -> NOTHING;
        };
    }

    private String header(String name) {
        return text(request.header(name));
    }

    private static String text(@Nullable String value) {
        return value == null || value.isEmpty() ? NOTHING : CloudFrontText.logged(value);
    }

    /** Headers come as one byte a character. */
    private static @Nullable String cut(@Nullable String cookie) {
        return cookie == null || cookie.length() <= COOKIE_BYTES ? cookie : cookie.substring(0, COOKIE_BYTES);
    }

    private static String seconds(long seconds, int millis) {
        return String.format(Locale.ROOT, "%d.%03d", seconds, millis);
    }

    @Override
    public String toString() {
        return "LoggedRequest[" + id + ", " + status + "]";
    }
}
