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
import org.jspecify.annotations.Nullable;

/**
 * The storefront as a program: {@code serve} runs shop, pipeline and dashboard on one machine, {@code replay} plays log
 * records through the same pipeline.
 */
public final class Main {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Main() {}

    /**
     * Runs a subcommand and exits: 0 if all is well, 1 if the check failed, 2 after one line on standard error if it
     * could not be started as asked.
     *
     * @param args {@code serve} or {@code replay} and its options; {@code --help} prints them
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
            List<String> options = args.subList(1, args.size());
            return switch (args.get(0)) {
                case "serve" -> serve(ServeOptions.parse(options), out);
                case "replay" -> replay(Options.parse(options), out);
                default ->
                    throw new IllegalArgumentException("unknown command " + args.get(0)
                            + "; there are: serve [options], replay [options], and --help");
            };
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

    private static int replay(Options options, PrintStream out) throws IOException, SQLException {
        Path directory = directory("replay", options.directory());
        return new Replay(options, directory, out).run() ? 0 : 1;
    }

    /** Until the process is told to terminate. */
    private static int serve(ServeOptions options, PrintStream out) throws IOException {
        Path directory = directory("serve", options.directory());
        Serve serve = Serve.start(options, directory);
        Thread onTermination = new Thread(
                () -> {
                    serve.close();
                    out.println("Stopped.");
                    out.flush();
                },
                "serve-stop");
        Runtime.getRuntime().addShutdownHook(onTermination);
        out.println("Shop       " + serve.shop());
        out.println("Dashboard  " + serve.dashboard());
        out.println("Objects and log are in " + directory + "; Ctrl-C stops.");
        out.flush();
        serve.awaitClosed();
        return 0;
    }

    /** The directory of a run; its log goes there, as the terminal is for what people read. */
    private static Path directory(String command, @Nullable Path given) throws IOException {
        Path directory = given != null
                ? given
                : Path.of(System.getProperty("storefront.target", "target"))
                        .resolve(command + "-" + NAME.format(WallClock.now()));
        try {
            Path made = Files.createDirectories(directory).toRealPath();
            System.setProperty(
                    "org.slf4j.simpleLogger.logFile",
                    made.resolve(command + ".log").toString());
            return made;
        } catch (IOException e) {
            throw new IOException("the directory " + directory + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\s*\\R\\s*", "; ");
    }
}
