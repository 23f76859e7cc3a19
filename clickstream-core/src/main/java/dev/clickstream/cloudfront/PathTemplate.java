package dev.clickstream.cloudfront;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path with named segments, such as {@code /product/{item_id}}. A final {@code /**} takes any rest, none too; a final
 * {@code *} any continuation of the last segment and any rest.
 */
final class PathTemplate {

    private final String text;
    private final String[] segments;

    PathTemplate(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path template begins with /");
        }
        this.text = text;
        this.segments = text.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            String segment = segments[i];
            boolean last = i == segments.length - 1;
            boolean variable = variable(segment) != null;
            if (!variable && (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0)) {
                throw new IllegalArgumentException("a variable is a whole segment, such as /{item_id}/");
            }
            if (segment.indexOf('*') >= 0
                    && !(last && segment.indexOf('*') >= segment.length() - starsAllowed(segment))) {
                throw new IllegalArgumentException("* stands only at the end");
            }
        }
    }

    private static int starsAllowed(String segment) {
        return segment.equals("**") ? 2 : 1;
    }

    private static @Nullable String variable(String segment) {
        boolean braced = segment.length() > 2 && segment.startsWith("{") && segment.endsWith("}");
        return braced ? segment.substring(1, segment.length() - 1) : null;
    }

    /** Whether the path is of this shape; what its variables stand for goes into the map. */
    boolean matches(String path, Map<String, String> variables) {
        String[] parts = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            String segment = segments[i];
            if (segment.equals("**")) {
                return true;
            }
            if (i >= parts.length) {
                return false;
            }
            String variable = variable(segment);
            if (variable != null) {
                if (parts[i].isEmpty()) {
                    return false;
                }
                variables.put(variable, parts[i]);
            } else if (segment.endsWith("*")) {
                return parts[i].startsWith(segment.substring(0, segment.length() - 1));
            } else if (!segment.equals(parts[i])) {
                return false;
            }
        }
        return parts.length == segments.length;
    }

    @Override
    public String toString() {
        return text;
    }
}
