package dev.clickstream.storefront;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a {@link KillRun} does to its workers, each time. */
enum Disruption {
    /** Killed, and started again. */
    KILL(1),
    /** Stopped as by a debugger while another takes over, for longer than a lease lasts, and woken up. */
    FREEZE(1),
    /** Asked to stop, while its successor starts. */
    HANDOVER(1),
    /** Killed, and started again with another prefix. */
    RECONFIGURE(1),
    /** As {@link #FREEZE}, and who takes over has another prefix. */
    SUPERSEDE(1),
    /** Two with different prefixes run all the time; one of them is killed or asked to stop, and another started. */
    TWO_VERSIONS(2);

    private final int workers;

    Disruption(int workers) {
        this.workers = workers;
    }

    /** How many run at once. */
    int workers() {
        return workers;
    }

    /** Whether each worker that is started has a prefix of its own. */
    boolean isWithVersions() {
        return this == RECONFIGURE || this == SUPERSEDE || this == TWO_VERSIONS;
    }

    static Disruption named(String name) {
        return Arrays.stream(values())
                .filter(disruption -> disruption.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "what happens to workers is drawn, each, or one of " + names() + "; was " + name));
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
