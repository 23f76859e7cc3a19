package dev.clickstream.storefront.edge;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it reaches the edge. The array is not copied and must not change.
 *
 * @param method such as {@code GET}
 * @param path as it was sent, without query
 * @param query as it was sent, without the question mark; empty if there is none
 * @param headers the value of a header by its name, or null; the first of several
 * @param address the viewer's
 * @param body empty if there is none
 */
public record ViewerRequest(
        String method,
        String path,
        String query,
        Function<String, @Nullable String> headers,
        String address,
        byte[] body) {

    /**
     * A header's value.
     *
     * @param name with or without capitals
     * @return the first of that name, or null
     */
    public @Nullable String header(String name) {
        return headers.apply(name);
    }

    /**
     * The address that was asked for.
     *
     * @return absolute, as the viewer sent it
     */
    public String url() {
        String host = header("Host");
        return "http://" + (host == null ? "localhost" : host) + pathAndQuery();
    }

    /**
     * What was asked for on this host.
     *
     * @return the path, and the query if there is one
     */
    public String pathAndQuery() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Neither address nor query: they are the viewer's. */
    @Override
    public String toString() {
        return "ViewerRequest[" + method + ", " + body.length + " bytes]";
    }
}
