package dev.clickstream.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A URL's query parameters. */
final class QueryParameters {

    private QueryParameters() {}

    /** The URL without parameters of these names; its fragment stays. */
    @Nullable
    static String without(@Nullable String url, Set<String> names) {
        int mark = url == null ? -1 : url.indexOf('?');
        if (url == null || mark < 0) {
            return url;
        }
        int fragment = url.indexOf('#', mark);
        int end = fragment < 0 ? url.length() : fragment;
        List<String> kept = new ArrayList<>();
        for (String parameter : List.of(url.substring(mark + 1, end).split("&", -1))) {
            int equals = parameter.indexOf('=');
            if (!names.contains(equals < 0 ? parameter : parameter.substring(0, equals))) {
                kept.add(parameter);
            }
        }
        String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        return url.substring(0, mark) + query + url.substring(end);
    }
}
