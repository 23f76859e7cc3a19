package dev.clickstream.benchmarks.delivery;

import java.util.Locale;

/** Writes texts the same on every machine. */
final class Report {

    private Report() {}

    static void add(StringBuilder text, String format, Object... values) {
        text.append(format(format.replace("%n", "\n"), values));
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A row of the table of goals. */
    static void goal(StringBuilder text, String what, String goal, String measured, boolean isReached) {
        add(text, "| %s | %s | %s | %s |%n", what, goal, measured, isReached ? "reached" : "missed");
    }
}
