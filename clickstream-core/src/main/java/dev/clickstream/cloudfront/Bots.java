package dev.clickstream.cloudfront;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which user agents name themselves as machines. */
final class Bots {

    private Bots() {}

    static boolean isBot(@Nullable String userAgent) {
        if (userAgent == null) {
            return false;
        }
        String lower = userAgent.toLowerCase(Locale.ROOT);
        return lower.contains("bot") || lower.contains("crawl") || lower.contains("spider");
    }
}
