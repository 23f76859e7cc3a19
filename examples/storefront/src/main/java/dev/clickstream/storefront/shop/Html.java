package dev.clickstream.storefront.shop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of a page. Immutable. Only what stands in a template is taken as it is: every value put into one is escaped,
 * unless it is a piece itself.
 *
 * @param text HTML
 */
record Html(String text) {

    static final Html NOTHING = new Html("");

    private static final String PLACE = "{}";

    /**
     * Fills a template.
     *
     * @param template a constant; each {@code {}} is a place, in text or in an attribute in double quotes
     * @param values one for each place
     */
    static Html of(String template, Object... values) {
        StringBuilder html = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int place = template.indexOf(PLACE, from);
            if (place < 0) {
                throw new IllegalArgumentException("more values than places: " + values.length);
            }
            html.append(template, from, place).append(value instanceof Html piece ? piece.text : escaped(value));
            from = place + PLACE.length();
        }
        if (template.indexOf(PLACE, from) >= 0) {
            throw new IllegalArgumentException("fewer values than places: " + values.length);
        }
        return new Html(html.append(template.substring(from)).toString());
    }

    /** One after the other. */
    static Html all(List<Html> pieces) {
        return new Html(pieces.stream().map(Html::text).collect(Collectors.joining()));
    }

    private static String escaped(Object value) {
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
