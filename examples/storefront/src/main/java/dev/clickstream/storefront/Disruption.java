package dev.clickstream.storefront;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a {@link KillRun} does to its workers. */
enum Disruption {
    /** Killed, and started again. */
    KILL,
    /** Stopped as by a debugger while another takes over, for longer than a lease lasts, and woken up. */
    FREEZE,
    /** Killed, and started again with another prefix. */
    RECONFIGURE;

    static Disruption named(String name) {
        return Arrays.stream(values())
                .filter(disruption -> disruption.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "what happens to workers is each, or one of " + names() + "; was " + name));
    }

    static String names() {
        return String.join(
                ", ", List.of(values()).stream().map(Disruption::toString).toList());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
