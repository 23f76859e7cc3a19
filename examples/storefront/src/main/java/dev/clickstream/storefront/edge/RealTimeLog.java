package dev.clickstream.storefront.edge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real-time log configuration at work: which requests are logged, and the line that each becomes. Thread-safe.
 *
 * <p>A line holds the chosen fields in the service's order, separated by tabs, {@code -} for nothing, values
 * percent-encoded.
 */
public final class RealTimeLog {

    private static final int ALL = 100;

    private final List<String> fields;
    private final int samplingRate;
    private final Random random;
    private final LogDelivery delivery;
    private final Consumer<String> logged;

    /**
     * A log.
     *
     * @param fields in the order in which they stand in a line
     * @param samplingRate how many of a hundred requests are logged, 1 to 100
     * @param random decides which
     * @param delivery where lines go
     * @param logged told of each click that a logged request has to become
     */
    public RealTimeLog(
            List<String> fields, int samplingRate, Random random, LogDelivery delivery, Consumer<String> logged) {
        this.fields = List.copyOf(fields);
        this.samplingRate = samplingRate;
        this.random = random;
        this.delivery = delivery;
        this.logged = logged;
    }

    /** Logs a request, or not, by the sampling rate. */
    void log(LoggedRequest request, @Nullable String click) {
        if (samplingRate < ALL && random.nextInt(ALL) >= samplingRate) {
            return;
        }
        if (click != null) {
            logged.accept(click);
        }
        delivery.offer(line(request).getBytes(StandardCharsets.US_ASCII));
    }

    private String line(LoggedRequest request) {
        return fields.stream().map(request::field).collect(Collectors.joining("\t", "", "\n"));
    }
}
