package dev.clickstream.producer;

/** The module's one source of time; tests put their own in its place. */
interface TimeSource {

    /** The system's clocks. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }
    };

    /** Elapsed time; only differences mean anything. */
    long nanos();

    /** The date, in milliseconds since 1970. */
    long epochMillis();
}
