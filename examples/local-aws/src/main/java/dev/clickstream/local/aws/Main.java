package dev.clickstream.local.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Local AWS as a program: prints where everything listens, and runs until its standard input ends or it is told to
 * terminate.
 */
public final class Main {
    private static final int WRONG_USE = 2;

    private Main() {}

    /**
     * Starts Kinesis, DynamoDB and S3. Prints one line each, such as {@code s3=http://127.0.0.1:9000}, and {@code
     * directory=} for where the objects are. Exit code 2 after one line on standard error if an option is wrong or a
     * port is busy, otherwise 0.
     *
     * @param args see the text that {@code --help} prints
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.in, System.out, System.err));
    }

    static int run(List<String> args, InputStream in, PrintStream out, PrintStream err) {
        if (args.contains("--help")) {
            out.println(Options.USAGE);
            return 0;
        }
        try (LocalAws aws = Options.parse(args).start()) {
            // Runs too when this is told to terminate; closing twice is harmless.
            Thread onTermination = new Thread(aws::close, "local-aws-stop");
            Runtime.getRuntime().addShutdownHook(onTermination);
            print(aws, out);
            awaitEnd(in);
            return 0;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            err.println("local-aws: " + e.getMessage());
            return WRONG_USE;
        }
    }

    private static void print(LocalAws aws, PrintStream out) {
        out.println("kinesis=" + aws.kinesisEndpoint());
        out.println("dynamodb=" + aws.dynamoDbEndpoint());
        out.println("s3=" + aws.s3Endpoint());
        out.println("directory=" + aws.directory());
        out.flush();
    }

    private static void awaitEnd(InputStream in) {
        byte[] ignored = new byte[1024];
        try {
            while (in.read(ignored) >= 0) {
                // Until whoever started this closes its end.
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the standard input", e);
        }
    }
}
