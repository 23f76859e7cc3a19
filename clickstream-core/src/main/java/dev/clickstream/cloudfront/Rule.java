package dev.clickstream.cloudfront;

import java.util.LinkedHashSet;
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
        Set<String> hosts,
        Set<String> methods,
        Set<Integer> statuses,
        List<PathTemplate> paths,
        List<String> pathSuffixes,
        Map<String, Set<String>> query,
        Set<String> queryPresent,
        Map<String, Source> take) {

    /** A rule that holds, and the template of its path that did, if one did. */
    record Match(Rule rule, @Nullable PathTemplate template) {}

    /** Null if the rule does not hold. */
    @Nullable
    Match match(Request request) {
        if (!allows(methods, request.method())
                || !(statuses.isEmpty() || statuses.contains(request.status()))
                || !(hosts.isEmpty() || allows(hosts, request.host()))) {
            return null;
        }
        if (paths.isEmpty() && pathSuffixes.isEmpty()) {
            return matchQuery(request, null);
        }
        for (PathTemplate template : paths) {
            if (template.matches(request.path())) {
                return matchQuery(request, template);
            }
        }
        return endsAsAsked(request.path()) ? matchQuery(request, null) : null;
    }

    private static boolean allows(Set<String> allowed, @Nullable String value) {
        return allowed.isEmpty() || (value != null && allowed.contains(value));
    }

    private boolean endsAsAsked(RequestPath path) {
        if (pathSuffixes.isEmpty() || path.count() == 0) {
            return false;
        }
        String last = path.segment(path.count() - 1);
        for (String suffix : pathSuffixes) {
            if (last.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Match matchQuery(Request request, @Nullable PathTemplate template) {
        for (Map.Entry<String, Set<String>> parameter : query.entrySet()) {
            String value = request.parameter(parameter.getKey());
            if (value == null || !parameter.getValue().contains(value)) {
                return null;
            }
        }
        for (String name : queryPresent) {
            if (!request.hasParameter(name)) {
                return null;
            }
        }
        return new Match(this, template);
    }

    boolean hasConditions() {
        return !(hosts.isEmpty()
                && methods.isEmpty()
                && statuses.isEmpty()
                && paths.isEmpty()
                && pathSuffixes.isEmpty()
                && query.isEmpty()
                && queryPresent.isEmpty());
    }

    /** The log's fields without which it could never hold, or take what it names. */
    Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        addIf(!hosts.isEmpty(), fields, Request.HOST);
        addIf(!methods.isEmpty(), fields, Request.METHOD);
        addIf(!statuses.isEmpty(), fields, Request.STATUS);
        addIf(!paths.isEmpty() || !pathSuffixes.isEmpty(), fields, Request.STEM);
        for (Source source : take.values()) {
            addIf(source.kind() == Source.Kind.FIELD, fields, source.name());
            addIf(source.kind() == Source.Kind.COOKIE, fields, Request.COOKIE);
            addIf(source.kind() == Source.Kind.HEADER, fields, Request.HEADERS);
        }
        return fields;
    }

    private static void addIf(boolean needed, Set<String> fields, String field) {
        if (needed) {
            fields.add(field);
        }
    }

    boolean takesIdentity() {
        return take.containsKey("user_id") || take.containsKey("user_pseudo_id");
    }
}
