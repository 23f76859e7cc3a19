package dev.clickstream.storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Repeats {@link KillRun} with one seed after the other. */
public final class KillRuns {

    private static final String USAGE =
            "kill-runs [--seeds N] [--first SEED] [--fault NAME] [--how NAME] [--at-once N]   (default: "
                    + "--seeds 50 --first 1 --fault drawn --how drawn --at-once 1; drawn follows from the seed, and "
                    + PlannedRun.pairs()
                    + " seeds in a row have each fault with each disruption once; --fault each runs all seeds with"
                    + " each of "
                    + String.join(", ", KillRunFaults.names()) + ", --fault none with none; --how each with each of "
                    + Disruption.names() + ")";

    private KillRuns() {}

    private record Settings(long first, long seeds, String fault, String how, int atOnce) {}

    /**
     * Runs them and exits: 0 if all passed, 1 if one failed, 2 if an option is wrong.
     *
     * @param args {@code --seeds} how many, {@code --first} the first seed, {@code --fault} which fault is made beside,
     *     {@code --how} what happens to workers, {@code --at-once} how many runs beside each other
     * @throws IOException if a directory cannot be written
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        try {
            System.exit(run(settings(args)) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("kill-runs: " + e.getMessage() + "; " + USAGE);
            System.exit(2);
        }
    }

    private static Settings settings(String[] args) {
        Map<String, String> options = new HashMap<>(Map.of(
                "--seeds",
                "50",
                "--first",
                "1",
                "--fault",
                PlannedRun.DRAWN,
                "--how",
                PlannedRun.DRAWN,
                "--at-once",
                "1"));
        for (int i = 0; i < args.length; i += 2) {
            if (!options.containsKey(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " wants a value");
            }
            options.put(args[i], args[i + 1]);
        }
        int atOnce = (int) Math.min(8, number("--at-once", options));
        return new Settings(
                number("--first", options),
                number("--seeds", options),
                options.getOrDefault("--fault", PlannedRun.DRAWN),
                options.getOrDefault("--how", PlannedRun.DRAWN),
                atOnce);
    }

    private static long number(String option, Map<String, String> options) {
        String value = options.getOrDefault(option, "");
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + " wants a number of 1 or more, was " + value);
        }
        return Long.parseLong(value);
    }

    private static List<PlannedRun> plan(Settings settings) {
        List<PlannedRun> plan = new ArrayList<>();
        for (long seed = settings.first(); seed < settings.first() + settings.seeds(); seed++) {
            plan.addAll(PlannedRun.of(seed, settings.fault(), settings.how()));
        }
        return plan;
    }

    private static boolean run(Settings settings) throws IOException, InterruptedException {
        List<PlannedRun> plan = plan(settings);
        Path target = Path.of(System.getProperty("storefront.target", "target"));
        Files.createDirectories(target);
        Path directory = Files.createTempDirectory(target.toRealPath(), "kill-runs-");
        System.setProperty(
                "org.slf4j.simpleLogger.logFile",
                directory.resolve("kill-runs.log").toString());
        System.out.println(
                plan.size() + " runs, each disturbing workers three times; objects and logs are in " + directory);
        Instant begin = WallClock.now();
        KillRunSummary summary = new KillRunSummary();
        ExecutorService runners = Executors.newFixedThreadPool(settings.atOnce());
        for (PlannedRun planned : plan) {
            runners.execute(() -> run(planned, directory, summary));
        }
        runners.shutdown();
        runners.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        Duration took = WallClock.since(begin);
        System.out.print(summary.text(settings.atOnce(), took));
        return summary.allPassed();
    }

    private static void run(PlannedRun planned, Path parent, KillRunSummary summary) {
        try {
            Path directory = Files.createDirectory(
                    parent.resolve(planned.seed() + "-" + planned.fault() + "-" + planned.disruption()));
            KillRunFindings found = KillRun.run(planned.seed(), planned.fault(), planned.disruption(), directory);
            summary.add(found);
            System.out.println(found);
        } catch (RuntimeException | IOException | SQLException | InterruptedException e) {
            summary.addFailure(planned.fault(), planned.disruption());
            System.out.println("seed " + planned.seed() + ", " + planned.disruption() + ", fault " + planned.fault()
                    + ": FAILED, " + e);
        }
    }
}
