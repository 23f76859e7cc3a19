package dev.clickstream.smoke;

import dev.clickstream.consumer.KclConfigs;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.kinesis.metrics.NullMetricsFactory;

/**
 * Runs the pipeline once against the caller's own AWS account, with the credentials that the SDK finds.
 *
 * <p>Exit codes: 0 each event was delivered once and nothing is left; 1 not so, and the output says what; 2 the command
 * line is wrong, and nothing was created. Ctrl-C ends it early, and removes what was created.
 */
public final class Main {
    static final int NOT_GOOD = 1;
    static final int WRONG_COMMAND = 2;

    private static final String USAGE = "aws-smoke --name NAME --region REGION [--events N] [--action run|tear-down]";
    private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration REMOVAL_TIMEOUT = Duration.ofMinutes(10);

    private Main() {}

    /**
     * Runs it.
     *
     * @param args {@value #USAGE}
     */
    public static void main(String[] args) {
        Thread running = Thread.currentThread();
        Thread onSignal = new Thread(() -> endEarly(running), "end-early");
        Runtime.getRuntime().addShutdownHook(onSignal);
        int code = run(List.of(args), System.out, System.err);
        System.out.flush();
        // Not exit, which would wait for the hook, which waits for this thread.
        Runtime.getRuntime().halt(code);
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        Options options;
        try {
            options = Options.of(args);
        } catch (IllegalArgumentException e) {
            err.println("aws-smoke: " + e.getMessage() + "; nothing was created. " + USAGE);
            return WRONG_COMMAND;
        }
        try (Aws aws = Aws.in(options.region())) {
            SmokeRun run = new SmokeRun(aws, options, Main::withoutMetrics, DELIVERY_TIMEOUT, out::println);
            boolean good = options.action() == Options.Action.RUN ? run.run() : run.tearDown();
            // All is done; the clients would complain while they close.
            var unused = Thread.interrupted();
            return good ? 0 : NOT_GOOD;
        }
    }

    /** They would cost, and stay in CloudWatch for months. */
    private static void withoutMetrics(KclConfigs kcl) {
        kcl.metrics().metricsFactory(new NullMetricsFactory());
    }

    private static void endEarly(Thread running) {
        running.interrupt();
        try {
            TimeUnit.NANOSECONDS.timedJoin(running, REMOVAL_TIMEOUT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
