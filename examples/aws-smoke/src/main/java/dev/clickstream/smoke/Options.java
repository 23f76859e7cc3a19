package dev.clickstream.smoke;

import java.util.Iterator;
import java.util.List;

/**
 * What the command line says.
 *
 * @param names what things are called
 * @param region where
 * @param events how many are sent
 * @param action what is done
 */
record Options(Names names, String region, int events, Action action) {
    private static final int DEFAULT_EVENTS = 10_000;
    private static final int MAX_EVENTS = 1_000_000;

    /** What is done. */
    enum Action {
        /** All of it. */
        RUN,
        /** Only what an earlier run has left is removed. */
        TEAR_DOWN
    }

    /** Throws an IllegalArgumentException whose message is one line. */
    static Options of(List<String> arguments) {
        String name = "";
        String region = "";
        int events = DEFAULT_EVENTS;
        Action action = Action.RUN;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--name" -> name = value(option, rest);
                case "--region" -> region = value(option, rest);
                case "--events" -> events = events(value(option, rest));
                case "--action" -> action = action(value(option, rest));
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        require("--name", name);
        require("--region", region);
        return new Options(new Names(name), region, events, action);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.next();
    }

    private static void require(String option, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(option + " is required");
        }
    }

    private static Action action(String value) {
        return switch (value) {
            case "run" -> Action.RUN;
            case "tear-down" -> Action.TEAR_DOWN;
            default -> throw new IllegalArgumentException("--action is run or tear-down, not " + value);
        };
    }

    private static int events(String value) {
        try {
            int events = Integer.parseInt(value);
            if (events >= 1 && events <= MAX_EVENTS) {
                return events;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("--events is 1 to " + MAX_EVENTS + ", not " + value);
    }
}
