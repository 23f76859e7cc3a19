package dev.clickstream.storefront;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code serve} asks for.
 *
 * @param shopPort empty for the usual one or any that is free; 0 for any that is free
 * @param dashboardPort the same
 * @param samplingRate how many of a hundred requests are logged
 * @param visitors whether simulated visitors come at once
 * @param directory of the objects and the log; null for a new one under {@code target}
 */
record ServeOptions(
        OptionalInt shopPort, OptionalInt dashboardPort, int samplingRate, boolean visitors, @Nullable Path directory) {

    private static final Set<String> VALUED = Set.of("--shop-port", "--dashboard-port", "--sampling", "--directory");
    private static final Set<String> FLAGS = Set.of("--visitors");

    /**
     * Reads options.
     *
     * @throws IllegalArgumentException with one line for the user if they are not right
     */
    static ServeOptions parse(List<String> args) {
        Map<String, String> values = Options.values(args, VALUED, FLAGS);
        return new ServeOptions(
                port(values, "--shop-port"),
                port(values, "--dashboard-port"),
                (int) Options.number(values, "--sampling", 100, 1, 100),
                values.containsKey("--visitors"),
                Options.directory(values.get("--directory")));
    }

    private static OptionalInt port(Map<String, String> values, String option) {
        return values.containsKey(option)
                ? OptionalInt.of((int) Options.number(values, option, 0, 0, 65_535))
                : OptionalInt.empty();
    }
}
