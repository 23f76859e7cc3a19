package dev.clickstream.delivery;

import dev.clickstream.consumer.audit.AuditReport;
import dev.clickstream.consumer.audit.DeliveryAudit;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Audits what was delivered: {@code delivery-worker audit}. Prints positions and keys, never what a record holds. */
final class AuditCommand {
    static final String NAME = "audit";

    static final String HELP =
            """
            delivery-worker audit FOLDER|s3://BUCKET/PREFIX... [options]

            Reads objects whose rows say where they came from (format JSON_LINES_WITH_ORIGIN), and
            error output, and reports rows that are doubled, out of order, under the prefix of another
            hour, or missing. A folder stands for a bucket: its files are named as keys are.

              --prefix EXPRESSION   the sink's prefix: each row must lie in its arrival's
              --time-zone ZONE      of the prefix (default: UTC)
              --stream NAME         whose records must all be there, as far as it keeps them
              --from TIME           what arrived earlier need not be there
              --before TIME         what arrived then or later need not be there yet
              --dropped N|any       how many records the transform may have dropped (default: 0)
              --max-rows N          how many there is room for (default: 20000000; 100 bytes each)
              --region REGION, --s3-endpoint URI, --kinesis-endpoint URI

            Exit code: 0 all is right, 1 something was found, 2 the audit could not be made.
            """;

    private static final int ALL_RIGHT = 0;
    private static final int FOUND = 1;
    private static final int NOT_MADE = 2;
    private static final String S3 = "s3://";
    static final Set<String> OPTIONS = Set.of(
            "--prefix",
            "--time-zone",
            "--stream",
            "--from",
            "--before",
            "--dropped",
            "--max-rows",
            "--region",
            "--s3-endpoint",
            "--kinesis-endpoint");

    private final List<String> locations = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();

    private AuditCommand(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                locations.add(arg);
                continue;
            }
            if (!OPTIONS.contains(arg)) {
                throw new ConfigurationException("unknown option " + arg + "; audit --help names all");
            }
            if (i + 1 == args.size()) {
                throw new ConfigurationException(arg + " wants a value");
            }
            options.put(arg, args.get(++i));
        }
        if (locations.isEmpty()) {
            throw new ConfigurationException("a folder or s3://BUCKET/PREFIX is wanted; audit --help says more");
        }
    }

    /** Makes an audit; gives the exit code. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help")) {
            out.print(HELP);
            return ALL_RIGHT;
        }
        try {
            AuditReport report = new AuditCommand(args).audit();
            out.println(report);
            return report.isClean() ? ALL_RIGHT : FOUND;
        } catch (IOException | RuntimeException e) {
            Throwable cause = e.getCause() instanceof SdkException sdk ? sdk : e;
            err.println("delivery-worker audit: "
                    + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
            return NOT_MADE;
        }
    }

    private AuditReport audit() throws IOException {
        DeliveryAudit.Builder audit = DeliveryAudit.builder();
        set("--prefix", text -> text, audit::prefix);
        set("--time-zone", ZoneId::of, audit::customTimeZone);
        set("--from", Instant::parse, audit::arrivedFrom);
        set("--before", Instant::parse, audit::arrivedBefore);
        set("--dropped", text -> text.equals("any") ? Long.MAX_VALUE : Long.parseLong(text), audit::dropped);
        set("--max-rows", Long::parseLong, audit::maxRows);
        String stream = options.get("--stream");
        boolean needsAws = stream != null || locations.stream().anyMatch(location -> location.startsWith(S3));
        try (AwsClients aws = needsAws ? AwsClients.of(endpoints()) : null) {
            for (String location : locations) {
                add(audit, location, aws);
            }
            if (stream != null && aws != null) {
                audit.stream(aws.kinesis(), stream);
            }
            return audit.build().run();
        }
    }

    private <T> void set(String option, Function<String, T> read, Function<T, ?> setter) {
        String text = options.get(option);
        if (text == null) {
            return;
        }
        try {
            var unused = setter.apply(read.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConfigurationException(option + ": " + e.getMessage());
        }
    }

    private static void add(DeliveryAudit.Builder audit, String location, @Nullable AwsClients aws) {
        if (location.startsWith(S3) && aws != null) {
            String path = location.substring(S3.length());
            int slash = path.indexOf('/');
            audit.bucket(
                    aws.s3(), slash < 0 ? path : path.substring(0, slash), slash < 0 ? "" : path.substring(slash + 1));
            return;
        }
        if (!Files.isDirectory(Path.of(location))) {
            throw new ConfigurationException(location + ": there is no such folder");
        }
        audit.folder(Path.of(location));
    }

    private Settings.Aws endpoints() {
        return new Settings.Aws(options.get("--region"), uri("--kinesis-endpoint"), null, uri("--s3-endpoint"));
    }

    private @Nullable URI uri(String option) {
        String text = options.get(option);
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(option + ": " + e.getMessage());
        }
    }
}
