package dev.clickstream.cloudfront;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path with named segments, such as {@code /product/{item_id}}. A final {@code /**} takes any rest, none too; a final
 * {@code *} any continuation of the last segment and any rest.
 */
final class PathTemplate {

    private enum End {
        EXACT,
        /** The last segment goes on. */
        CONTINUED,
        /** More segments may follow. */
        ANY_REST
    }

    private final String text;

    private record Segment(String text, boolean variable) {}

    private final List<Segment> segments = new ArrayList<>();
    private final Map<String, Integer> variables = new LinkedHashMap<>();
    private final End end;

    PathTemplate(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path template begins with /");
        }
        if (text.indexOf('?') >= 0) {
            throw new IllegalArgumentException("a path has no ?, parameters are matched by query");
        }
        this.text = text;
        this.end = text.endsWith("/**") ? End.ANY_REST : text.endsWith("*") ? End.CONTINUED : End.EXACT;
        int stars = end == End.ANY_REST ? 3 : end == End.CONTINUED ? 1 : 0;
        String plain = text.substring(0, text.length() - stars);
        if (plain.indexOf('*') >= 0) {
            throw new IllegalArgumentException("* stands only at the end, as * or /**");
        }
        if (!plain.isEmpty()) {
            for (String segment : plain.substring(1).split("/", -1)) {
                add(segment);
            }
        }
        if (end == End.CONTINUED && variables.containsValue(segments.size() - 1)) {
            throw new IllegalArgumentException("a variable is a whole segment, so /{name}* cannot be; /{name}/** can");
        }
    }

    private void add(String segment) {
        boolean variable = segment.length() > 2 && segment.startsWith("{") && segment.endsWith("}");
        String name = variable ? segment.substring(1, segment.length() - 1) : segment;
        if (name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
            throw new IllegalArgumentException("a variable is a whole segment, such as /{item_id}/");
        }
        if (variable && variables.put(name, segments.size()) != null) {
            throw new IllegalArgumentException("the variable {" + name + "} stands twice");
        }
        segments.add(new Segment(name, variable));
    }

    boolean matches(RequestPath path) {
        int last = segments.size() - 1;
        boolean longEnough = end == End.EXACT ? path.count() == last + 1 : path.count() > last;
        if (!longEnough || path.count() == 0) {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            if (!matches(segments.get(i), path.segment(i), i == last && end == End.CONTINUED)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Segment expected, String segment, boolean continued) {
        if (expected.variable) {
            return !segment.isEmpty();
        }
        return continued ? segment.startsWith(expected.text) : segment.equals(expected.text);
    }

    /** The names of its variables. */
    Set<String> variables() {
        return variables.keySet();
    }

    /** What a variable stands for in a path that matches; null if the template has no such variable. */
    @Nullable
    String variable(String name, RequestPath path) {
        Integer index = variables.get(name);
        return index == null ? null : path.segment(index);
    }

    @Override
    public String toString() {
        return text;
    }
}
