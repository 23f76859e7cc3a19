package dev.clickstream.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where batches go, and what becomes of one that is refused. Immutable.
 *
 * @param sinks of rows and failures, at least one
 * @param sourceBackup of the records as they came; null for none
 * @param failurePolicy for all but the dead letters
 */
record Destinations(List<Sink> sinks, @Nullable Sink sourceBackup, FailurePolicy failurePolicy) {
    Destinations {
        sinks = List.copyOf(sinks);
    }

    /** The sinks, the one for source records, and last the one for batches that were given up, as far as they are there. */
    List<Sink> all() {
        List<Sink> all = new ArrayList<>(sinks);
        if (sourceBackup != null) {
            all.add(sourceBackup);
        }
        Sink deadLetters = failurePolicy.deadLetters();
        if (deadLetters != null) {
            all.add(deadLetters);
        }
        return all;
    }

    /** Two that write alike to the same place would take each other's objects for their own. */
    void requirePlacesOfTheirOwn() {
        Set<String> places = new HashSet<>();
        for (Sink sink : all()) {
            boolean saysWhere = !sink.configuration().equals(sink.name());
            if (saysWhere && !places.add(sink.configuration())) {
                throw new IllegalStateException("Two sinks named " + sink.name()
                        + " write to the same place: each needs a prefix, a bucket or a directory of its own");
            }
        }
    }

    /** Whether the sink at this place of {@link #all} gets records as they came. */
    boolean isOfSourceRecords(int place) {
        return sourceBackup != null && place == sinks.size();
    }

    private boolean isForDeadLetters(int place) {
        return failurePolicy.deadLetters() != null && place == all().size() - 1;
    }

    /**
     * Whether the sink at this place gets a batch. Who has been given up is replaced by the one for dead letters.
     *
     * @param givenUp the places of sinks that do not get it any more
     */
    boolean gets(int place, Set<Integer> givenUp) {
        return isForDeadLetters(place) ? !givenUp.isEmpty() : !givenUp.contains(place);
    }

    /** Whether the policy may do without it: dead letters hold rows, and so cannot stand in for source records. */
    boolean mayBeGivenUp(int place) {
        return place < sinks.size() || (failurePolicy.kind() == FailurePolicy.Kind.HALT && !isForDeadLetters(place));
    }

    /** What decides where rows go and how, as a digest's words. */
    void addTo(Digest digest) {
        all().forEach(sink -> digest.add(sink.configuration()));
        if (sourceBackup != null) {
            digest.add("source records at " + sinks.size());
        }
    }

    /** How long a write of somebody with these sinks can still take effect. */
    Duration writeBound() {
        return all().stream().map(Sink::writeBound).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
