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

    private static final String USAGE =
            "kill-runs [--seeds N] [--first SEED] [--fault NAME] [--how NAME] [--at-once N]   (default: "
                    + "--seeds 50 --first 1 --fault none --how kill --at-once 1; --fault each runs all seeds with each of "
                    + String.join(", ", KillRunFaults.names()) + "; --how each with each of " + Disruption.names()
                    + ")";

    private KillRuns() {}

    private record Settings(long first, long seeds, List<String> faults, List<Disruption> hows, int atOnce) {}

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
            System.exit(run(settings(args)) == 0 ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("kill-runs: " + e.getMessage() + "; " + USAGE);
            System.exit(2);
        }
    }

    private static Settings settings(String[] args) {
        Map<String, String> options = new HashMap<>(Map.of(
                "--seeds", "50", "--first", "1", "--fault", KillRunFaults.NONE, "--how", "kill", "--at-once", "1"));
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
        String how = options.getOrDefault("--how", "kill");
        List<Disruption> hows = how.equals("each") ? List.of(Disruption.values()) : List.of(Disruption.named(how));
        int atOnce = (int) Math.min(8, number("--at-once", options));
        return new Settings(number("--first", options), number("--seeds", options), faults, hows, atOnce);
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
        System.out.println("Disturbing a worker three times a run; objects and logs are in " + directory);
        AtomicLong failed = new AtomicLong();
        ExecutorService runners = Executors.newFixedThreadPool(settings.atOnce());
        for (long seed = settings.first(); seed < settings.first() + settings.seeds(); seed++) {
            long thisSeed = seed;
            for (String fault : settings.faults()) {
                for (Disruption how : settings.hows()) {
                    Path of = directory.resolve(fault + "-" + how + "-" + thisSeed);
                    runners.execute(() -> {
                        if (!passed(thisSeed, fault, how, of)) {
                            failed.incrementAndGet();
                        }
                    });
                }
            }
        }
        runners.shutdown();
        runners.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        long runs =
                settings.seeds() * settings.faults().size() * settings.hows().size();
        System.out.println(runs + " runs, " + (runs - failed.get()) + " passed, " + failed + " failed");
        return failed.get();
    }

    private static boolean passed(long seed, String fault, Disruption how, Path directory) {
        try {
            KillRun.Found found = KillRun.run(seed, fault, how, Files.createDirectory(directory));
            System.out.println(found);
            return found.passed();
        } catch (RuntimeException | IOException | SQLException | InterruptedException e) {
            System.out.println("seed " + seed + ", fault " + fault + ", " + how + ": FAILED, " + e);
            return false;
        }
    }
}
