package dev.clickstream.delivery;

import dev.clickstream.consumer.Redrive;
import dev.clickstream.consumer.s3.ErrorLine;
import dev.clickstream.consumer.s3.ErrorReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sends what could not be processed to the stream again, object by object, and prints how many records that were; never
 * a record or a message, as the service's may hold data. Objects are only read.
 */
final class RedriveCommand {
    static final String NAME = "redrive";

    static final String USAGE =
            """
            delivery-worker redrive CONFIGURATION.json SOURCE [ERROR_CODE...]
                                                          sends records of error objects to the stream again;
                                                          SOURCE: a file, a folder, or s3://bucket/prefix""";

    private static final String DOUBLES =
            "Objects stay as they are. Who sends them again makes doubles: rows with the same event_id, and records of"
                    + " CloudFront with the same x-edge-request-id, are one.";

    private static final int NOT_ALL = 1;
    private static final int WRONG = 2;

    private final Redrive redrive;
    private final Set<String> codes;
    private final PrintStream out;
    private final PrintStream err;
    private long objects;
    private boolean isAllRead = true;

    private RedriveCommand(Redrive redrive, Set<String> codes, PrintStream out, PrintStream err) {
        this.redrive = redrive;
        this.codes = codes;
        this.out = out;
        this.err = err;
    }

    /** Gives the exit code: 0 all is sent, 1 something is not, 2 the arguments or the configuration are wrong. */
    static int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (args.contains("--help")) {
            out.println(USAGE);
            return 0;
        }
        if (args.size() < 2) {
            err.println("delivery-worker: a configuration file and a source are wanted: " + USAGE);
            return WRONG;
        }
        Settings settings;
        AwsClients clients;
        try {
            settings = Settings.of(ConfigurationFile.read(Path.of(args.get(0)), environment));
            clients = AwsClients.of(settings.aws());
        } catch (RuntimeException e) {
            err.println("delivery-worker: " + ConfigurationException.line(e));
            return WRONG;
        }
        try (AwsClients aws = clients) {
            Redrive redrive = Redrive.to(aws.kinesis(), settings.stream(), settings.redriveTimeout());
            Set<String> codes = Set.copyOf(args.subList(2, args.size()));
            return new RedriveCommand(redrive, codes, out, err).run(args.get(1), settings.stream(), aws);
        }
    }

    private int run(String source, String stream, AwsClients aws) {
        String at = source;
        boolean isWhole = false;
        try {
            Iterator<ErrorObjects.Found> found =
                    ErrorObjects.in(source, aws.s3()).iterator();
            if (!found.hasNext()) {
                err.println("delivery-worker: " + source + ": nothing is there");
                return WRONG;
            }
            while (found.hasNext()) {
                ErrorObjects.Found object = found.next();
                at = object.name();
                send(object);
            }
            isWhole = isAllRead && redrive.refused() == 0;
        } catch (IOException | NoSuchBucketException e) {
            err.println("delivery-worker: " + source + " cannot be read: "
                    + e.getClass().getSimpleName());
            return WRONG;
        } catch (TimeoutException | SdkException e) {
            err.println(
                    "delivery-worker: " + at + ": " + e.getMessage() + "; this, and what comes after, is not all sent");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.println(redrive.sent() + " records of " + objects + " objects are sent to " + stream
                + (redrive.refused() == 0 ? "" : ", " + redrive.refused() + " are larger than it allows") + ". "
                + DOUBLES);
        return isWhole ? 0 : NOT_ALL;
    }

    private void send(ErrorObjects.Found object) throws TimeoutException, InterruptedException {
        long sentBefore = redrive.sent();
        Lines lines = new Lines();
        try (ErrorReader reader = ErrorReader.of(object.open().open())) {
            for (ErrorLine line = reader.next(); line != null; line = reader.next()) {
                take(line, lines);
            }
        } catch (IOException | S3Exception e) {
            isAllRead = false;
            err.println(
                    object.name() + ": cannot be read further: " + e.getClass().getSimpleName());
        }
        redrive.flush();
        objects++;
        out.println(object.name() + ": " + (redrive.sent() - sentBefore) + " records sent"
                + (lines.others == 0 ? "" : ", " + lines.others + " of other codes left out"));
        if (lines.firstMalformed != null) {
            isAllRead = false;
            err.println(object.name() + ": " + lines.malformed + " lines are no records, the first is line "
                    + lines.firstMalformed.number() + ": " + lines.firstMalformed.reason());
        }
    }

    /** What was met in an object beside what was sent. */
    private static final class Lines {
        private long others;
        private long malformed;
        private ErrorLine.@Nullable Malformed firstMalformed;
    }

    private void take(ErrorLine line, Lines lines) throws TimeoutException, InterruptedException {
        if (line instanceof ErrorLine.Malformed malformed) {
            lines.malformed++;
            lines.firstMalformed = lines.firstMalformed == null ? malformed : lines.firstMalformed;
        } else if (line instanceof ErrorLine.Failed failed) {
            if (codes.isEmpty() || codes.contains(failed.code())) {
                redrive.add(failed.data());
            } else {
                lines.others++;
            }
        }
    }
}
