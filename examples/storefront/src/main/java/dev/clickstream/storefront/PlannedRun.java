package dev.clickstream.storefront;

import java.util.ArrayList;
import java.util.List;

/**
 * A kill run that is to be made.
 *
 * @param seed what is random follows from it
 * @param fault one of {@link KillRunFaults}
 * @param disruption what happens to workers
 */
record PlannedRun(long seed, String fault, Disruption disruption) {

    /** In place of a fault's or a disruption's name: it follows from the seed. */
    static final String DRAWN = "drawn";

    /** In place of a fault's or a disruption's name: a run for each. */
    static final String EACH = "each";

    /** A prime that is no factor of the number of pairs: so many seeds in a row have each of them, in no order. */
    private static final long STEP = 1_009;

    /** The runs of a seed. */
    static List<PlannedRun> of(long seed, String fault, String disruption) {
        List<PlannedRun> runs = new ArrayList<>();
        for (String oneFault : faults(seed, fault)) {
            for (Disruption one : disruptions(seed, disruption)) {
                runs.add(new PlannedRun(seed, oneFault, one));
            }
        }
        return runs;
    }

    private static List<String> faults(long seed, String wanted) {
        if (wanted.equals(DRAWN)) {
            return List.of(allFaults().get(pair(seed) % allFaults().size()));
        }
        List<String> faults = wanted.equals(EACH) ? KillRunFaults.names() : List.of(wanted);
        faults.forEach(KillRunFaults::named);
        return faults;
    }

    private static List<Disruption> disruptions(long seed, String wanted) {
        List<Disruption> all = List.of(Disruption.values());
        if (wanted.equals(DRAWN)) {
            return List.of(all.get(pair(seed) / allFaults().size()));
        }
        return wanted.equals(EACH) ? all : List.of(Disruption.named(wanted));
    }

    private static List<String> allFaults() {
        List<String> all = new ArrayList<>(KillRunFaults.names());
        all.add(KillRunFaults.NONE);
        return all;
    }

    /** How many pairs of a fault and a disruption there are. */
    static int pairs() {
        return allFaults().size() * Disruption.values().length;
    }

    private static int pair(long seed) {
        return Math.toIntExact(Math.floorMod(seed * STEP, (long) pairs()));
    }
}
