package dev.clickstream.cloudfront;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be, and what then becomes of it: dropped under a name, or a click with what is taken from it. Empty
 * conditions hold for any request.
 */
record Rule(
        @Nullable String drop,
        Set<String> methods,
        Set<Integer> statuses,
        List<PathTemplate> paths,
        List<String> pathSuffixes,
        Map<String, String> query,
        Set<String> queryPresent,
        Map<String, Source> take) {

    /** Where a value comes from: the path's variable, a query parameter, or the text itself. */
    record Source(Kind kind, String name) {
        enum Kind {
            PATH,
            QUERY,
            TEXT
        }

        static Source of(String text) {
            if (text.startsWith("path:")) {
                return new Source(Kind.PATH, text.substring("path:".length()));
            }
            if (text.startsWith("query:")) {
                return new Source(Kind.QUERY, text.substring("query:".length()));
            }
            return new Source(Kind.TEXT, text);
        }

        @Nullable
        String value(Map<String, String> variables, Map<String, String> parameters) {
            return switch (kind) {
                case PATH -> variables.get(name);
                case QUERY -> parameters.get(name);
                case TEXT -> name;
            };
        }
    }

    boolean matches(
            @Nullable String method,
            int status,
            String path,
            Map<String, String> parameters,
            Map<String, String> variables) {
        return (methods.isEmpty() || (method != null && methods.contains(method)))
                && (statuses.isEmpty() || statuses.contains(status))
                && parameters.entrySet().containsAll(query.entrySet())
                && parameters.keySet().containsAll(queryPresent)
                && matchesPath(path, variables);
    }

    private boolean matchesPath(String path, Map<String, String> variables) {
        if (paths.isEmpty() && pathSuffixes.isEmpty()) {
            return true;
        }
        for (String suffix : pathSuffixes) {
            if (path.endsWith(suffix)) {
                return true;
            }
        }
        for (PathTemplate template : paths) {
            variables.clear();
            if (template.matches(path, variables)) {
                return true;
            }
        }
        return false;
    }
}
