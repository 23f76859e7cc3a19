package dev.clickstream.storefront;

import dev.clickstream.storefront.edge.CloudFrontText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request to the generated shop.
 *
 * @param time in whole milliseconds
 * @param visitor who made it
 * @param method GET, HEAD or POST
 * @param status 0 if the viewer went away
 * @param path without query
 * @param query as the viewer sent it, empty if there is none
 * @param id CloudFront's request id
 * @param action what it asks for in its parameters
 * @param product what it is about, or null
 * @param size of the answer, in bytes
 */
record ShopRequest(
        Instant time,
        Visitor visitor,
        String method,
        int status,
        String path,
        String query,
        String id,
        Action action,
        @Nullable Product product,
        int size) {

    private static final String HOST = "shop.example.com";
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What a click asks for. */
    enum Action {
        NONE,
        VIEW,
        BUY;

        String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static String id(byte[] random) {
        return Base64.getUrlEncoder().encodeToString(random);
    }

    /** The click that must come of it, or null if none must. */
    @Nullable
    ExpectedClick click() {
        boolean answered = status == 200 || status == 304;
        if (product == null || !answered || !method.equals("GET")) {
            return null;
        }
        String event = action == Action.BUY ? "begin_checkout" : "view_item";
        return new ExpectedClick(id, event, product.id(), product.name(), status, HOUR.format(time));
    }

    /** The line that CloudFront logs. */
    LogLine line() {
        String seconds = String.format(
                Locale.ROOT, "%d.%03d", time.getEpochSecond(), time.toEpochMilli() - time.getEpochSecond() * 1000);
        String line = String.join(
                "\t",
                seconds,
                visitor.address(),
                String.format(Locale.ROOT, "%03d", status),
                Integer.toString(size),
                method,
                HOST,
                CloudFrontText.logged(query.isEmpty() ? path : path + "?" + query),
                visitor.edge(),
                id,
                String.format(Locale.ROOT, "0.%03d", size % 1000),
                CloudFrontText.logged(visitor.userAgent()),
                path.equals("/") ? "-" : "https://" + HOST + "/",
                visitor.cookie().isEmpty() ? "-" : CloudFrontText.logged(visitor.cookie()),
                query.isEmpty() ? "-" : CloudFrontText.logged(query),
                visitor.country());
        return new LogLine(time, id, line.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ShopRequest[" + time + ", " + id + ", " + method + ", " + status + "]";
    }
}
