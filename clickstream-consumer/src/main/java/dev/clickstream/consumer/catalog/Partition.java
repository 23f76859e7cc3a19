package dev.clickstream.consumer.catalog;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A column that objects' keys hold, and how Athena finds its values without a catalog of partitions.
 *
 * @param name of the column
 * @param kind how values are projected
 * @param pattern of a time, as in the prefix; of an integer the letters
 */
record Partition(String name, Kind kind, String pattern) {
    enum Kind {
        /** Times by a pattern, from the first to now. */
        DATE,
        /** Whole numbers with leading zeros. */
        INTEGER,
        /** Anything, but a query must say which. */
        INJECTED
    }

    /** In the words of Athena's partition projection, of which the smallest unit of the pattern is the step. */
    String intervalUnit() {
        if (pattern.contains("m")) {
            return "MINUTES";
        }
        return pattern.contains("H") ? "HOURS" : pattern.contains("d") ? "DAYS" : "MONTHS";
    }

    /** The first value of a time. */
    String firstOf(LocalDate day) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).format(day.atStartOfDay(ZoneOffset.UTC));
    }

    int digits() {
        return pattern.length();
    }

    /** What values a number of this pattern can have, from the year of the first object on. */
    String integerRange(int firstYear) {
        return switch (pattern.charAt(0)) {
            case 'y', 'u' -> firstYear + "," + (firstYear + 30);
            case 'M' -> "1,12";
            case 'd' -> "1,31";
            case 'H' -> "0,23";
            default -> "0,59";
        };
    }
}
