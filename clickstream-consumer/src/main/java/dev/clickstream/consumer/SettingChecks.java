package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

/** What settings may be. */
final class SettingChecks {
    private SettingChecks() {}

    static String name(String what, String value) {
        boolean isName = !requireNonNull(value, what).isBlank() && !value.contains("/");
        require(isName, what, "a name without slashes", "'" + value + "'");
        return value;
    }

    static void require(boolean isAllowed, String setting, String allowed, Object value) {
        if (!isAllowed) {
            throw new IllegalArgumentException(setting + " must be " + allowed + ", not " + value);
        }
    }
}
