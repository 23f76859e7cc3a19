package dev.clickstream.local.aws;

import static java.util.Objects.requireNonNull;

import dev.clickstream.local.kinesis.LocalKinesis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Kinesis, DynamoDB and S3 for a JUnit 5 test of one's own: started before it, closed after it. Needs junit-jupiter-api,
 * which whoever writes such a test has.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LocalAwsExtension aws = LocalAwsExtension.withStream("clicks", 2);
 * }</pre>
 *
 * <p>In a static field it serves all tests of the class, in an instance field each test has one of its own; starting
 * takes about two seconds the first time. Thread-safe while it runs.
 */
public final class LocalAwsExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final LocalAws.Builder settings;
    private volatile @Nullable LocalAws aws;
    private @Nullable String startedFor;

    private LocalAwsExtension(LocalAws.Builder settings) {
        this.settings = settings;
    }

    /**
     * With all defaults and one data stream.
     *
     * @param stream its name
     * @param shards 1 or more
     * @return not started; JUnit does that
     */
    public static LocalAwsExtension withStream(String stream, int shards) {
        return with(LocalAws.builder().kinesis(LocalKinesis.builder().stream(stream, shards)));
    }

    /**
     * With settings of one's own.
     *
     * @param settings not started
     * @return not started; JUnit does that
     */
    public static LocalAwsExtension with(LocalAws.Builder settings) {
        return new LocalAwsExtension(requireNonNull(settings, "settings"));
    }

    /**
     * What runs: clients, endpoints, the folder of objects, Kinesis with its clock and faults.
     *
     * @return the same one for the whole class or test
     * @throws IllegalStateException outside of a test
     */
    public LocalAws aws() {
        LocalAws running = aws;
        if (running == null) {
            throw new IllegalStateException(
                    "local AWS does not run: annotate the field with @RegisterExtension, and ask within a test");
        }
        return running;
    }

    /**
     * Clients for it.
     *
     * @return those of {@link LocalAws#clients()}
     * @throws IllegalStateException outside of a test
     */
    public LocalClients clients() {
        return aws().clients();
    }

    /** Starts it for a class, unless it runs for the one around it; called by JUnit. */
    @Override
    public void beforeAll(ExtensionContext context) {
        start(context);
    }

    /** Starts it for a test, unless it runs for the class; called by JUnit. */
    @Override
    public void beforeEach(ExtensionContext context) {
        start(context);
    }

    /** Closes it, if it was started for the test; called by JUnit. */
    @Override
    public void afterEach(ExtensionContext context) {
        close(context);
    }

    /** Closes it, if it was started for the class; called by JUnit. */
    @Override
    public void afterAll(ExtensionContext context) {
        close(context);
    }

    private synchronized void start(ExtensionContext context) {
        if (aws == null) {
            aws = settings.start();
            startedFor = context.getUniqueId();
        }
    }

    private synchronized void close(ExtensionContext context) {
        LocalAws running = aws;
        if (running != null && context.getUniqueId().equals(startedFor)) {
            aws = null;
            running.close();
        }
    }
}
