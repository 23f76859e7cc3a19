package dev.clickstream.benchmarks.delivery;

import java.io.IOException;

/** One of the questions; what is said of it may be asked when it has run. Not thread-safe. */
interface Part {

    void run() throws IOException, InterruptedException;

    /** Rows of the table of goals. */
    default void goals(StringBuilder text) {}

    /** A section. */
    void table(StringBuilder text);

    void picture(Picture picture);
}
