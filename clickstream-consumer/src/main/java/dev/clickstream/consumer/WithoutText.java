package dev.clickstream.consumer;

import org.jspecify.annotations.Nullable;

/** A throwable for a log: its types and frames, and not its texts, which may hold what a user's record held. */
final class WithoutText extends Exception {
    private static final long serialVersionUID = 1;
    private static final int DEEPEST = 10;

    private WithoutText(Throwable original, @Nullable WithoutText cause) {
        super(original.getClass().getName(), cause, false, true);
        setStackTrace(original.getStackTrace());
    }

    static WithoutText of(Throwable original) {
        return of(original, DEEPEST);
    }

    private static WithoutText of(Throwable original, int depth) {
        Throwable cause = original.getCause();
        return new WithoutText(original, cause == null || depth == 0 ? null : of(cause, depth - 1));
    }
}
