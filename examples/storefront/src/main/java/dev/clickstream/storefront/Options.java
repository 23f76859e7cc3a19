package dev.clickstream.storefront;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code replay} asks for.
 *
 * @param input a file of log records, or null for the generated shop
 * @param fields of the input's records, in order
 * @param rules a file of click rules, or null for {@code ClickRules.queryParameters()}
 * @param bots whether requests of bots are clicks
 * @param speed how much of the records' time passes in a unit of real time
 * @param workers how many read the stream
 * @param disturbance what happens to them
 * @param seed of the generated shop and of the partition keys
 * @param hours that the generated shop spans
 * @param records of the generated shop
 * @param directory of the objects and the log; null for a new one under {@code target}
 * @param kinesisPort 0 for any that is free
 * @param dynamoDbPort 0 for any that is free
 * @param s3Port 0 for any that is free
 */
record Options(
        @Nullable Path input,
        List<String> fields,
        @Nullable Path rules,
        BotPolicy bots,
        double speed,
        int workers,
        Disturbance disturbance,
        long seed,
        int hours,
        int records,
        @Nullable Path directory,
        int kinesisPort,
        int dynamoDbPort,
        int s3Port) {

    /** What happens to workers while records flow. */
    enum Disturbance {
        /** They run within this process, undisturbed. */
        NONE,
        /** They are processes of their own: one is killed, one is stopped in order, and both are started again. */
        KILL_AND_STOP
    }

    static final String HELP =
            """
            storefront serve [options]

            A shop and its dashboard on this machine: look, buy, and see a click become a number.
            Prints both addresses, opens nothing, and runs until Ctrl-C.

              --shop-port N, --dashboard-port N
                                  (default: 8080 and 8081, or any that are free)
              --sampling N        how many of a hundred requests are logged, 1 to 100 (default: 100)
              --visitors          simulated visitors come at once
              --directory DIR     new or empty, for objects and log (default: below target)

            storefront replay [options]

            Plays CloudFront real-time log records into a local Kinesis stream, delivers their
            clicks to local S3, and queries the objects with DuckDB. By default the records are
            those of a generated shop, and what must come out is checked.

              --input FILE        log records instead, one a line, plain or gzip; wants --fields
              --fields FILE|LIST  the input's fields in order: a file, one a line, or a,b,c
              --rules FILE        what a click is, as JSON (default: ?action=buy|view)
              --drop-bots         requests of bots are not clicks
              --speed N           records' time per real time (default: 1800; with --input 60)
              --workers N         how many read the stream, 1 to 8 (default: 2)
              --disturb           workers as processes: one is killed and one stopped meanwhile,
                                  and the check is the same
              --seed N            of the generated shop (default: 1)
              --hours N           that the generated shop spans, 1 to 168 (default: 30)
              --records N         of the generated shop (default: 100000)
              --directory DIR     new or empty, for all that is written (default: below target)
              --kinesis-port N, --dynamodb-port N, --s3-port N
                                  of the local services (default: any that are free)
              --help              this text

            Exit code of replay: 0 all well, 1 the check failed, 2 it could not be started as asked.
            """;

    private static final Set<String> VALUED = Set.of(
            "--input",
            "--fields",
            "--rules",
            "--speed",
            "--workers",
            "--seed",
            "--hours",
            "--records",
            "--directory",
            "--kinesis-port",
            "--dynamodb-port",
            "--s3-port");
    private static final Set<String> FLAGS = Set.of("--drop-bots", "--disturb");
    private static final List<String> GENERATED_ONLY = List.of("--hours", "--records", "--disturb");
    private static final List<String> INPUT_ONLY = List.of("--fields", "--rules");

    /**
     * Reads options.
     *
     * @throws IllegalArgumentException with one line for the user if they are not right
     */
    static Options parse(List<String> args) {
        Map<String, String> values = values(args, VALUED, FLAGS);
        boolean input = values.containsKey("--input");
        for (String option : input ? GENERATED_ONLY : INPUT_ONLY) {
            check(!values.containsKey(option), option + " goes only " + (input ? "without" : "with") + " --input");
        }
        check(!input || values.containsKey("--fields"), "--input wants --fields, the file's fields in order");
        return new Options(
                file(values, "--input"),
                input ? FieldList.read(values.getOrDefault("--fields", "")) : GeneratedShop.FIELDS,
                file(values, "--rules"),
                values.containsKey("--drop-bots") ? BotPolicy.DROP : BotPolicy.KEEP,
                speed(values.getOrDefault("--speed", input ? "60" : "1800")),
                (int) number(values, "--workers", 2, 1, 8),
                values.containsKey("--disturb") ? Disturbance.KILL_AND_STOP : Disturbance.NONE,
                number(values, "--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                (int) number(values, "--hours", 30, 1, 168),
                (int) number(values, "--records", 100_000, 1, 2_000_000),
                directory(values.get("--directory")),
                (int) number(values, "--kinesis-port", 0, 0, 65_535),
                (int) number(values, "--dynamodb-port", 0, 0, 65_535),
                (int) number(values, "--s3-port", 0, 0, 65_535));
    }

    /** Options by name, each at most once; one without a value is there with an empty one. */
    static Map<String, String> values(List<String> args, Set<String> withValue, Set<String> flags) {
        Map<String, String> values = new HashMap<>();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < args.size(); i++) {
            String option = args.get(i);
            boolean valued = withValue.contains(option);
            check(valued || flags.contains(option), "unknown option " + option + "; --help names all");
            check(given.add(option), option + " stands twice");
            check(!valued || i + 1 < args.size(), option + " wants a value");
            values.put(option, valued ? args.get(++i) : "");
        }
        return values;
    }

    private static @Nullable Path file(Map<String, String> values, String option) {
        String value = values.get(option);
        if (value == null) {
            return null;
        }
        Path file = path(option, value);
        check(Files.isRegularFile(file), option + ": there is no file " + value);
        check(Files.isReadable(file), option + ": " + value + " cannot be read");
        return file;
    }

    static @Nullable Path directory(@Nullable String value) {
        if (value == null) {
            return null;
        }
        Path directory = path("--directory", value);
        String[] entries = directory.toFile().list();
        boolean empty = entries == null ? !Files.exists(directory) : entries.length == 0;
        check(empty, "--directory: " + value + " must be new or an empty directory");
        return directory;
    }

    private static Path path(String option, String value) {
        try {
            return Path.of(value);
        } catch (java.nio.file.InvalidPathException e) {
            throw new IllegalArgumentException(option + ": " + value + " is not a path", e);
        }
    }

    private static double speed(String value) {
        try {
            double speed = Double.parseDouble(value);
            check(speed > 0 && speed <= 1e9, "--speed must be more than 0 and at most 1000000000, was " + value);
            return speed;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--speed wants a number, was " + value, e);
        }
    }

    static long number(Map<String, String> values, String option, long ifAbsent, long least, long most) {
        String value = values.get(option);
        if (value == null) {
            return ifAbsent;
        }
        try {
            long number = Long.parseLong(value);
            check(number >= least && number <= most, option + " must be " + least + " to " + most + ", was " + value);
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants a whole number, was " + value, e);
        }
    }

    static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
