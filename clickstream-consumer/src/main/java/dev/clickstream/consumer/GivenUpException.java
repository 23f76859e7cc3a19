package dev.clickstream.consumer;

import java.util.NavigableSet;

/** Sinks have refused a batch for longer than the policy wants to try. */
final class GivenUpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient NavigableSet<Integer> sinks;

    /** Which of the sinks, by their place. */
    GivenUpException(NavigableSet<Integer> sinks) {
        this.sinks = sinks;
    }

    NavigableSet<Integer> sinks() {
        return sinks;
    }
}
