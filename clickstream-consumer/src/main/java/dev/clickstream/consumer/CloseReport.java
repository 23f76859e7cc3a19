package dev.clickstream.consumer;

/**
 * What became of a worker that was closed. Immutable.
 *
 * @param ending how it ended
 * @param counts what it has committed in its life
 */
public record CloseReport(Ending ending, OutcomeCounts counts) {
    /** How a worker ended. */
    public enum Ending {
        /** All that it had read is delivered and committed, but for a batch that was still being read again. */
        DELIVERED,
        /** Time was up: what was not committed is delivered by another worker, or after a restart. */
        TIMED_OUT,
        /** It was never started. */
        NEVER_STARTED
    }
}
