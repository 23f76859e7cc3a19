package dev.clickstream.cloudfront;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where an attribute's value comes from: in rules {@code kind:name}, or a text itself. */
record Source(Kind kind, String name) {

    enum Kind {
        /** A variable of the path template. */
        PATH,
        /** A query parameter. */
        QUERY,
        /** A cookie, of those in {@code cs-cookie}. */
        COOKIE,
        /** A header, of those in {@code cs-headers}. */
        HEADER,
        /** A field of the log. */
        FIELD,
        /** {@code request:url}, the URL that the viewer asked for. */
        REQUEST,
        /** The text after the colon. */
        TEXT
    }

    private static final String ALLOWED =
            "path:name, query:name, cookie:name, header:name, field:name, request:url, text:anything, or a text without a colon";

    static Source of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Source(Kind.TEXT, text);
        }
        Kind kind = kind(text.substring(0, colon));
        String name = text.substring(colon + 1);
        if (kind == null || name.isEmpty() || (kind == Kind.REQUEST && !name.equals("url"))) {
            throw new IllegalArgumentException("not a source: \"" + text + "\"; allowed are " + ALLOWED);
        }
        return new Source(kind, name);
    }

    private static @Nullable Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        return null;
    }

    @Nullable
    String value(Request request, @Nullable PathTemplate template) {
        return switch (kind) {
            case PATH -> template == null ? null : template.variable(name, request.path());
            case QUERY -> request.parameter(name);
            case COOKIE -> request.cookie(name);
            case HEADER -> request.header(name);
            case FIELD -> request.field(name);
            case REQUEST -> request.url();
            case TEXT -> name;
        };
    }
}
