package dev.clickstream.smoke;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the things of a run are called: all begin with {@value #PREFIX}, so that nobody's own can be meant.
 *
 * @param name the caller's: 1 to 30 of a to z, 0 to 9, and hyphens inside
 */
record Names(String name) {
    static final String PREFIX = "clickstream-smoke-";

    /** The tag of the stream and of the tables; what it says is whose run made them. */
    static final String TAG = "clickstream-smoke";

    /** What marks the bucket, in place of a tag; holds what the tag says. */
    static final String MARKER_KEY = "_clickstream-smoke";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?");

    Names {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 30 of a-z, 0-9 and - inside, not '" + name + "'; it becomes part of a bucket's");
        }
    }

    String stream() {
        return PREFIX + name;
    }

    String bucket() {
        return PREFIX + name;
    }

    /** KCL's, and so the lease table's and the fan-out consumer's. */
    String application() {
        return PREFIX + name;
    }

    /** KCL 3.5 makes the first only; others of its versions have the rest beside it. */
    List<String> tables() {
        return List.of(application(), application() + "-WorkerMetricStats", application() + "-CoordinatorState");
    }
}
