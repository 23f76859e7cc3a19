package dev.clickstream.storefront;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/** The storefront as a program: {@code replay} plays log records through the whole pipeline on one machine. */
public final class Main {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Main() {}

    /**
     * Runs a subcommand and exits: 0 if all is well, 1 if the check failed, 2 after one line on standard error if it
     * could not be started as asked.
     *
     * @param args {@code replay} and its options; {@code --help} prints them
     */
    public static void main(String[] args) {
        // KCL and the stand-ins may leave threads behind.
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.isEmpty()) {
            out.print(Options.HELP);
            return args.isEmpty() ? 2 : 0;
        }
        try {
            if (!args.get(0).equals("replay")) {
                throw new IllegalArgumentException(
                        "unknown command " + args.get(0) + "; there is: replay [options], and --help");
            }
            Options options = Options.parse(args.subList(1, args.size()));
            Path directory = directory(options);
            // Before anything logs: the terminal is for progress.
            System.setProperty(
                    "org.slf4j.simpleLogger.logFile",
                    directory.resolve("replay.log").toString());
            return new Replay(options, directory, out).run() ? 0 : 1;
        } catch (IllegalArgumentException | UncheckedIOException | IOException e) {
            err.println("storefront: " + oneLine(e));
            return 2;
        } catch (CompletionException e) {
            return failed(e.getCause() instanceof Exception cause ? cause : e, err);
        } catch (SQLException | RuntimeException e) {
            return failed(e, err);
        }
    }

    /** The input may turn out to be wrong only while it is played. */
    private static int failed(Exception e, PrintStream err) {
        boolean input = e instanceof IllegalArgumentException || e instanceof UncheckedIOException;
        err.println("storefront: " + (input ? "" : "failed: ") + oneLine(e));
        return input ? 2 : 1;
    }

    private static Path directory(Options options) throws IOException {
        Path given = options.directory();
        Path directory = given != null
                ? given
                : Path.of(System.getProperty("storefront.target", "target"))
                        .resolve("replay-" + NAME.format(WallClock.now()));
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw new IOException("the directory " + directory + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\s*\\R\\s*", "; ");
    }
}
