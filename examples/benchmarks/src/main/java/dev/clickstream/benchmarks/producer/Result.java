package dev.clickstream.benchmarks.producer;

import java.util.List;

/**
 * What came of a trial.
 *
 * @param cpu seconds, user and system, of the sender's process tree
 * @param endpointCpu seconds of the endpoint's process in the same time
 * @param allocated bytes per event, of the sender's JVM
 * @param peakMemory bytes that were resident at most, of the sender's process tree
 * @param hiccupMillis how much later than asked a sleeping thread of the sender's woke up, 99 %
 * @param outOfOrder events that come after a later one of their visitor's
 * @param again events that are there more than once
 */
record Result(
        double wall,
        double cpu,
        double endpointCpu,
        double allocated,
        double peakMemory,
        double hiccupMillis,
        List<Double> latencyMillis,
        int missing,
        int outOfOrder,
        int again) {

    /** 50, 99 and 99.9 %. */
    static final List<Double> QUANTILES = List.of(0.5, 0.99, 0.999);
}
