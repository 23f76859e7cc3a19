package dev.clickstream.storefront.shop;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query or of a form. Immutable. */
final class Parameters {

    private final Map<String, String> values = new HashMap<>();

    private Parameters() {}

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one stands twice or cannot be decoded: two readers could then understand the
     *     request in two ways
     */
    static Parameters parse(String text) {
        Parameters parameters = new Parameters();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String name = decoded(parts[0]);
                if (parameters.values.put(name, parts.length > 1 ? decoded(parts[1]) : "") != null) {
                    throw new IllegalArgumentException("a parameter stands twice");
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Empty if it is not there. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The names only. */
    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}
