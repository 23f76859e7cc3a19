package dev.clickstream.local.kinesis;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The endpoint as a program: prints where it listens and runs until it is stopped. */
public final class Main {

    private static final String USAGE =
            "options: --port <0 to 65535, 0 is any free one> --stream <name>:<shards> (repeatable)"
                    + " --delivery-stream <name> (repeatable) --throughput-limits <enforced|off> --tls";

    private Main() {}

    /**
     * Starts an endpoint; the first line on standard output is its address; with {@code --tls} two more
     * follow, the address for TLS and the file with its certificate. Exit code 2 after one line on standard error
     * if an option is wrong or the port is taken.
     *
     * @param args see the line that {@code --help} prints
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        if (start(List.of(args), System.out, System.err) == null) {
            System.exit(2);
        }
        // The event loops are daemons: this thread keeps the program alive.
        new CountDownLatch(1).await();
    }

    /** Null, and one line on {@code err}, if it cannot be started. */
    static @Nullable LocalKinesis start(List<String> args, PrintStream out, PrintStream err) {
        try {
            LocalKinesis kinesis = parse(args).start();
            out.println(kinesis.endpoint());
            if (args.contains("--tls")) {
                out.println(kinesis.tlsEndpoint());
                out.println(kinesis.certificateFile());
            }
            return kinesis;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "; " + USAGE);
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
        }
        return null;
    }

    private static LocalKinesis.Builder parse(List<String> args) {
        LocalKinesis.Builder builder = LocalKinesis.builder();
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--tls" -> builder.tls();
                case "--port" -> builder.port(number(option, value(option, rest)));
                case "--stream" -> stream(builder, value(option, rest));
                case "--delivery-stream" -> builder.deliveryStream(value(option, rest));
                case "--throughput-limits" -> builder.throughputLimits(limits(value(option, rest)));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return builder;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.next();
    }

    private static void stream(LocalKinesis.Builder builder, String value) {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("--stream wants <name>:<shards>, was " + value);
        }
        builder.stream(value.substring(0, colon), number("--stream", value.substring(colon + 1)));
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants a number, was " + value);
        }
    }

    private static ThroughputLimits limits(String value) {
        return switch (value) {
            case "enforced" -> ThroughputLimits.ENFORCED;
            case "off" -> ThroughputLimits.OFF;
            default -> throw new IllegalArgumentException("--throughput-limits is enforced or off, was " + value);
        };
    }
}
