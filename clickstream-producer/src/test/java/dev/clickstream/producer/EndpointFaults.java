package dev.clickstream.producer;

import dev.clickstream.local.kinesis.Fault;
import java.time.Duration;
import java.util.Random;

/** Every fault that the local endpoint has, each more or less often by the seed. */
final class EndpointFaults {

    /** How many of {@link #writing} concern PutRecords; they come first. */
    static final int OF_PUT_RECORDS = 9;

    static final Duration SLOWEST = Duration.ofMillis(800);

    private EndpointFaults() {}

    /** What a producer meets. */
    static Fault[] writing(Random random) {
        boolean nearlyGone = random.nextInt(8) == 0;
        double often = nearlyGone ? 0.5 : random.nextDouble() * 0.15;
        Duration slow = Duration.ofMillis(1 + random.nextInt((int) SLOWEST.toMillis()));
        return new Fault[] {
            Fault.latency(slow).on("PutRecords").probability(often / 2),
            Fault.throttling().on("PutRecords").share(often),
            Fault.internalFailure().on("PutRecords").share(often / 2),
            Fault.unavailable().on("PutRecords").probability(often / 2),
            Fault.connectionReset().on("PutRecords").probability(often / 3),
            Fault.lostAnswer().on("PutRecords").probability(often),
            Fault.lateRequest(EndpointRun.LATE).on("PutRecords").probability(often),
            Fault.split().on("PutRecords").calls(2, 2 + random.nextInt(2)).probability(0.7),
            Fault.split().on("PutRecords").calls(5, 12).probability(0.4),
            Fault.latency(slow).on("ListShards").probability(0.3),
            Fault.throttling().on("ListShards").probability(0.2),
            Fault.internalFailure().on("ListShards").probability(0.2),
            Fault.lostAnswer().on("ListShards").probability(0.2),
        };
    }

    /** What a reader meets, but for repetitions, which say nothing of a producer. */
    static Fault[] reading() {
        return new Fault[] {
            Fault.emptyRead().probability(0.2), Fault.shortRead(3).probability(0.2),
        };
    }
}
