package dev.clickstream.smoke;

import org.jspecify.annotations.Nullable;

/**
 * What a teardown could not remove.
 *
 * @param what it is
 * @param why it is still there
 * @param command of the AWS CLI that removes it, or null if it is not ours to remove
 */
record Leftover(String what, String why, @Nullable String command) {
    @Override
    public String toString() {
        if (command == null) {
            return "NOT TOUCHED: " + what + " (" + why + ").";
        }
        return "LEFT BEHIND: " + what + " (" + why + "). Remove it with:\n  " + command;
    }
}
