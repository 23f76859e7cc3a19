package dev.clickstream.local.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request's fields as the API's front does and reports all that is wrong at once, as ValidationException in
 * AWS's words. Where those would repeat user data (partition keys, data), the value's size stands in. One request.
 */
final class Constraints {

    private static final int MAX_REPORTED = 10;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int MAX_NAME = 128;
    private static final int MAX_TAG_KEY = 128;
    private static final int MAX_TAG_VALUE = 256;
    private static final String LENGTH_AT_LEAST = "Member must have length greater than or equal to ";
    private static final String LENGTH_AT_MOST = "Member must have length less than or equal to ";

    private final List<String> violations = new ArrayList<>();

    private void violated(String shown, String path, String constraint) {
        if (violations.size() < MAX_REPORTED) {
            violations.add("Value " + shown + " at '" + path + "' failed to satisfy constraint: " + constraint);
        }
    }

    /** Checks that it is there. */
    Constraints notNull(@Nullable Object value, String path) {
        if (value == null) {
            violated("null", path, "Member must not be null");
        }
        return this;
    }

    /** A stream's or a shard's name, if it is there. */
    Constraints name(@Nullable String value, String path) {
        if (value == null) {
            return this;
        }
        if (!NAME.matcher(value).matches()) {
            violated("'" + value + "'", path, "Member must satisfy regular expression pattern: " + NAME);
        }
        return length(value.length(), "'" + value + "'", path, 1, MAX_NAME);
    }

    Constraints length(int length, String shown, String path, int min, int max) {
        if (length < min) {
            violated(shown, path, LENGTH_AT_LEAST + min);
        }
        if (length > max) {
            violated(shown, path, LENGTH_AT_MOST + max);
        }
        return this;
    }

    Constraints range(@Nullable Integer value, String path, int min, int max) {
        if (value != null && value < min) {
            violated("'" + value + "'", path, "Member must have value greater than or equal to " + min);
        }
        if (value != null && value > max) {
            violated("'" + value + "'", path, "Member must have value less than or equal to " + max);
        }
        return this;
    }

    /** The lengths of tags' keys and values, if they are there. */
    Constraints tags(@Nullable Map<String, String> tags, String path) {
        if (tags == null) {
            return this;
        }
        String shown = "of " + tags.size() + " tags";
        if (tags.keySet().stream().anyMatch(key -> key.isEmpty() || key.length() > MAX_TAG_KEY)) {
            violated(
                    shown,
                    path,
                    "Map keys must satisfy constraint: [" + LENGTH_AT_MOST + MAX_TAG_KEY + ", " + LENGTH_AT_LEAST
                            + "1]");
        }
        if (tags.values().stream().anyMatch(value -> value.length() > MAX_TAG_VALUE)) {
            violated(
                    shown,
                    path,
                    "Map value must satisfy constraint: [" + LENGTH_AT_MOST + MAX_TAG_VALUE + ", " + LENGTH_AT_LEAST
                            + "0]");
        }
        return this;
    }

    Constraints pattern(@Nullable String value, String path, Pattern pattern) {
        if (value != null && !pattern.matcher(value).matches()) {
            violated("'" + value + "'", path, "Member must satisfy regular expression pattern: " + pattern);
        }
        return this;
    }

    Constraints oneOf(@Nullable String value, String path, Set<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            violated("'" + value + "'", path, "Member must satisfy enum value set: " + new TreeSet<>(allowed));
        }
        return this;
    }

    /** Fails with ValidationException if anything was wrong. */
    void check() {
        if (!violations.isEmpty()) {
            int count = violations.size();
            throw ApiException.of(
                    "ValidationException",
                    count + (count == 1 ? " validation error" : " validation errors") + " detected: "
                            + String.join("; ", violations));
        }
    }
}
