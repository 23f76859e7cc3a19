package dev.clickstream.benchmarks.producer;

import dev.clickstream.local.kinesis.Fault;
import java.util.Locale;

/** What is run once: who sends how, and to what. */
record Trial(Peer peer, int shards, int threads, Faults faults, int events, double perSecond) {

    /** Whether the endpoint misbehaves. */
    enum Faults {
        NONE,
        /** Of the records 2 % throttled and 1 % failed, of the answers 2 % lost. */
        SOME;

        Fault[] set() {
            return this == NONE
                    ? new Fault[0]
                    : new Fault[] {
                        Fault.throttling().on("PutRecords").share(0.02),
                        Fault.internalFailure().on("PutRecords").share(0.01),
                        Fault.lostAnswer().on("PutRecords").probability(0.02)
                    };
        }
    }

    /** As fast as it goes. */
    static Trial full(Peer peer, int shards, int threads, Faults faults, int events) {
        return new Trial(peer, shards, threads, faults, events, Double.POSITIVE_INFINITY);
    }

    Trial paced(double eventsPerSecond) {
        return new Trial(peer, shards, threads, faults, events, eventsPerSecond);
    }

    /** Of which results can be put together. */
    Trial kind() {
        return Double.isInfinite(perSecond) ? this : paced(1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d shards, %d threads, faults %s%s",
                peer,
                shards,
                threads,
                faults,
                Double.isInfinite(perSecond) ? "" : String.format(Locale.ROOT, ", %.0f events/s", perSecond));
    }
}
