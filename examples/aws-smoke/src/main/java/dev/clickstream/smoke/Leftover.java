package dev.clickstream.smoke;

/**
 * What a teardown could not remove.
 *
 * @param what it is
 * @param why it is still there
 * @param command of the AWS CLI that removes it
 */
record Leftover(String what, String why, String command) {
    @Override
    public String toString() {
        return "LEFT BEHIND: " + what + " (" + why + "). Remove it with:\n  " + command;
    }
}
