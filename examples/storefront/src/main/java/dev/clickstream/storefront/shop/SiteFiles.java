package dev.clickstream.storefront.shop;

import dev.clickstream.storefront.edge.Origin.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Pictures and style sheets, from the class path. Thread-safe. */
final class SiteFiles {

    private static final Pattern FILE =
            Pattern.compile("/(?:static/[a-z][a-z-]*\\.(?:css|svg)|pictures/[0-9]{1,4}\\.svg)");

    private SiteFiles() {}

    /** Whether a path is a file's; nothing under it is a page, whatever its query says. */
    static boolean own(String path) {
        return path.startsWith("/static/") || path.startsWith("/pictures/") || path.equals("/favicon.ico");
    }

    /** The file of this path, if there is one. */
    static Optional<Answer> find(String path) {
        String name = path.equals("/favicon.ico") ? "/static/favicon.svg" : path;
        if (!FILE.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = SiteFiles.class.getResourceAsStream("/web/shop" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            String type = name.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml";
            return Optional.of(
                    new Answer(200, type, in.readAllBytes(), List.of(), null).with("Cache-Control", "max-age=3600"));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
