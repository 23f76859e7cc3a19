package dev.clickstream.event;

import java.time.InstantSource;

/** The module's one source of time: nothing else in it asks the system's clock. */
final class SystemTime {

    static final InstantSource CLOCK = InstantSource.system();

    private SystemTime() {}
}
