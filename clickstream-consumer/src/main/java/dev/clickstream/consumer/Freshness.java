package dev.clickstream.consumer;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * How old the oldest record is that is not delivered, and how much is left until the stream throws it away. The stream's
 * retention is asked in the background, when somebody wants to know and it is not known, or not of late. Thread-safe.
 */
final class Freshness {
    private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(10);

    private final KinesisAsyncClient kinesis;
    private final String stream;
    private final Supplier<List<ShardPipeline>> pipelines;
    private final TimeSource time;
    private volatile @Nullable Duration retention;
    private @Nullable Long askedNanos; // guarded by this

    Freshness(KinesisAsyncClient kinesis, String stream, Supplier<List<ShardPipeline>> pipelines, TimeSource time) {
        this.kinesis = kinesis;
        this.stream = stream;
        this.pipelines = pipelines;
        this.time = time;
    }

    /** Of the oldest record that is not delivered, in all shards; or how far behind the shards are. */
    Duration age() {
        return pipelines.get().stream()
                .filter(pipeline -> !pipeline.isOver())
                .map(ShardPipeline::age)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Until the stream throws away what is not delivered; NaN as long as its retention is not known. */
    double secondsLeft() {
        Duration known = retention();
        return known == null ? Double.NaN : known.minus(age()).toSeconds();
    }

    /** Half of the retention is when somebody must look. */
    List<String> reasons() {
        Duration known = retention();
        Duration age = age();
        return known == null || age.multipliedBy(2).compareTo(known) < 0
                ? List.of()
                : List.of("records are not delivered for " + age.toHours() + " of the " + known.toHours()
                        + " hours that the stream keeps them");
    }

    private @Nullable Duration retention() {
        if (mustAsk()) {
            var unused = kinesis.describeStreamSummary(r -> r.streamName(stream))
                    .whenComplete((answer, failure) -> {
                        if (answer == null) {
                            LOG.debug("The retention of {} is not known", stream, failure);
                        } else {
                            retention = Duration.ofHours(
                                    answer.streamDescriptionSummary().retentionPeriodHours());
                        }
                    });
        }
        return retention;
    }

    private synchronized boolean mustAsk() {
        Long asked = askedNanos;
        if (asked != null && time.nanoTime() - asked < ASK_AGAIN_AFTER.toNanos()) {
            return false;
        }
        askedNanos = time.nanoTime();
        return true;
    }
}
