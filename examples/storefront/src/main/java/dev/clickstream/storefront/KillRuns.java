package dev.clickstream.storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Repeats {@link KillRun} with one seed after the other. */
public final class KillRuns {

    private static final String USAGE = "kill-runs [--seeds N] [--first SEED] [--fault NAME] [--at-once N]   (default: "
            + "--seeds 50 --first 1 --fault none --at-once 1; --fault each runs all seeds with each of "
            + String.join(", ", KillRunFaults.names()) + ")";

    private KillRuns() {}

    private record Settings(long first, long seeds, List<String> faults, int atOnce) {}

    /**
     * Runs them and exits: 0 if all passed, 1 if one failed, 2 if an option is wrong.
     *
     * @param args {@code --seeds} how many, {@code --first} the first seed, {@code --fault} which fault Kinesis makes
     *     beside, {@code --at-once} how many runs beside each other
     * @throws IOException if a directory cannot be written
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        try {
            System.exit(run(settings(args)) == 0 ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("kill-runs: " + e.getMessage() + "; " + USAGE);
            System.exit(2);
        }
    }

    private static Settings settings(String[] args) {
        Map<String, String> options =
                new HashMap<>(Map.of("--seeds", "50", "--first", "1", "--fault", KillRunFaults.NONE, "--at-once", "1"));
        for (int i = 0; i < args.length; i += 2) {
            if (!options.containsKey(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " wants a value");
            }
            options.put(args[i], args[i + 1]);
        }
        String fault = options.getOrDefault("--fault", KillRunFaults.NONE);
        List<String> faults = fault.equals("each") ? KillRunFaults.names() : List.of(fault);
        faults.forEach(KillRunFaults::named);
        return new Settings(number("--first", options), number("--seeds", options), faults, (int)
                Math.min(8, number("--at-once", options)));
    }

    private static long number(String option, Map<String, String> options) {
        String value = options.getOrDefault(option, "");
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + " wants a number of 1 or more, was " + value);
        }
        return Long.parseLong(value);
    }

    private static long run(Settings settings) throws IOException, InterruptedException {
        Path target = Path.of(System.getProperty("storefront.target", "target"));
        Files.createDirectories(target);
        Path directory = Files.createTempDirectory(target.toRealPath(), "kill-runs-");
        System.setProperty(
                "org.slf4j.simpleLogger.logFile",
                directory.resolve("kill-runs.log").toString());
        System.out.println("Killing a worker three times a run; objects and logs are in " + directory);
        AtomicLong failed = new AtomicLong();
        ExecutorService runners = Executors.newFixedThreadPool(settings.atOnce());
        for (long seed = settings.first(); seed < settings.first() + settings.seeds(); seed++) {
            long thisSeed = seed;
            for (String fault : settings.faults()) {
                runners.execute(() -> {
                    if (!passed(thisSeed, fault, directory.resolve(fault + "-" + thisSeed))) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
        runners.shutdown();
        runners.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        long runs = settings.seeds() * settings.faults().size();
        System.out.println(runs + " runs, " + (runs - failed.get()) + " passed, " + failed + " failed");
        return failed.get();
    }

    private static boolean passed(long seed, String fault, Path directory) {
        try {
            KillRun.Found found = KillRun.run(seed, fault, Files.createDirectory(directory));
            System.out.println(found);
            return found.passed();
        } catch (RuntimeException | IOException | SQLException | InterruptedException e) {
            System.out.println("seed " + seed + ", fault " + fault + ": FAILED, " + e);
            return false;
        }
    }
}
