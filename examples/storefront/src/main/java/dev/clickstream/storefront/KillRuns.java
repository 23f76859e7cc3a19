package dev.clickstream.storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Repeats {@link KillRun} with one seed after the other. */
public final class KillRuns {

    private static final String USAGE = "kill-runs [--seeds N] [--first SEED]   (default: --seeds 50 --first 1)";

    private KillRuns() {}

    /**
     * Runs them and exits: 0 if all passed, 1 if one failed, 2 if an option is wrong.
     *
     * @param args {@code --seeds} how many, {@code --first} the first seed
     * @throws IOException if a directory cannot be written
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        long seeds = 50;
        long first = 1;
        try {
            for (int i = 0; i < args.length; i += 2) {
                switch (args[i]) {
                    case "--seeds" -> seeds = Long.parseLong(args[i + 1]);
                    case "--first" -> first = Long.parseLong(args[i + 1]);
                    default -> throw new IllegalArgumentException("unknown option " + args[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            System.err.println("kill-runs: wrong options; " + USAGE);
            System.exit(2);
        }
        System.exit(run(first, seeds) == 0 ? 0 : 1);
    }

    private static long run(long first, long seeds) throws IOException, InterruptedException {
        Path target = Path.of(System.getProperty("storefront.target", "target"));
        Files.createDirectories(target);
        Path directory = Files.createTempDirectory(target.toRealPath(), "kill-runs-");
        System.setProperty(
                "org.slf4j.simpleLogger.logFile",
                directory.resolve("kill-runs.log").toString());
        System.out.println("Killing a worker three times a run; objects and logs are in " + directory);
        long failed = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            if (!passed(seed, Files.createDirectory(directory.resolve("seed-" + seed)))) {
                failed++;
            }
        }
        System.out.println(seeds + " runs, " + (seeds - failed) + " passed, " + failed + " failed");
        return failed;
    }

    private static boolean passed(long seed, Path directory) throws IOException, InterruptedException {
        try {
            KillRun.Found found = KillRun.run(seed, directory);
            System.out.println(found);
            return found.passed();
        } catch (RuntimeException | SQLException e) {
            System.out.println("seed " + seed + ": FAILED, " + e);
            return false;
        }
    }
}
