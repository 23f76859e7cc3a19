package dev.clickstream.delivery;

import java.util.List;

/**
 * Delivers a stream to S3 as a configuration file says, until it is told to stop; or does what its first argument says.
 *
 * <p>Exit codes of a delivery: 0 after SIGTERM or SIGINT when all that was read is delivered and committed; 1 when the
 * worker cannot go on; 2 when the configuration is wrong; 3 when the stop took longer than it may, and what was not
 * committed is delivered by the next worker. Of other commands: 0 when all is done, 1 when something is not, 2 when the
 * arguments or the configuration are wrong.
 */
public final class Main {
    private static final String USAGE =
            """
            delivery-worker CONFIGURATION.json            delivers, until SIGTERM
            %s
            delivery-worker audit ...                     looks at what was delivered; audit --help says more
            Settings: examples/delivery-worker/README.md; each may be overridden by an environment variable CLICKSTREAM_<SETTING>"""
                    .formatted(RedriveCommand.USAGE);

    private static final int WRONG_ARGUMENTS = 2;

    private Main() {}

    /**
     * Runs a command.
     *
     * @param args the configuration file, or a command and its arguments
     */
    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        List<String> rest = List.of(args).subList(Math.min(1, args.length), args.length);
        switch (command) {
            case AuditCommand.NAME -> System.exit(AuditCommand.run(rest, System.out, System.err));
            case "--help" -> System.out.println(USAGE);
            case RedriveCommand.NAME -> System.exit(RedriveCommand.run(rest, System.getenv(), System.out, System.err));
            default -> deliver(List.of(args));
        }
    }

    private static void deliver(List<String> args) {
        if (args.size() != 1) {
            System.err.println("delivery-worker: one configuration file is wanted; or:");
            System.err.println(USAGE);
            System.exit(WRONG_ARGUMENTS);
        }
        System.exit(DeliverCommand.run(args.get(0), System.getenv()));
    }
}
