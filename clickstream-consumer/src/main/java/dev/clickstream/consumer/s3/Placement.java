package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.FailedRecord;
import dev.clickstream.consumer.Row;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the prefix of each row of one batch. Not thread-safe. */
final class Placement {
    private final S3Layout layout;
    private final BatchId batch;
    private @Nullable Instant lastTime;
    private Map<String, String> lastKeys = Map.of();
    private Place last = new Place.At("");

    Placement(S3Layout layout, BatchId batch) {
        this.layout = layout;
        this.batch = batch;
    }

    /** Where something goes. */
    sealed interface Place {
        /** Below a prefix, evaluated. */
        record At(String prefix) implements Place {}

        /** To the error output. */
        record Nowhere(String errorCode, String errorMessage) implements Place {}
    }

    Place of(Row row) {
        Instant time = layout.isFinerThanSeconds()
                ? row.arrival()
                : Instant.ofEpochSecond(row.arrival().getEpochSecond());
        if (!time.equals(lastTime) || !row.partitionKeys().equals(lastKeys)) {
            last = place(time, row.partitionKeys());
            lastTime = time;
            lastKeys = row.partitionKeys();
        }
        return last;
    }

    private Place place(Instant time, Map<String, String> keys) {
        PrefixExpression prefix = layout.prefix();
        String missing = prefix.missing(keys);
        if (missing != null) {
            return nowhere("partition key '" + missing + "' is missing or empty");
        }
        String evaluated =
                prefix.evaluate(new PrefixExpression.Values(time.atZone(layout.zone()), keys, "", identity("rows")));
        String flaw = KeyText.flaw(evaluated);
        return flaw == null ? new Place.At(evaluated) : nowhere("the prefix cannot begin a key: " + flaw);
    }

    private static Place nowhere(String why) {
        return new Place.Nowhere(ErrorObject.METADATA_EXTRACTION_FAILED_CODE, why);
    }

    /** The prefix of what failed; it has nothing that a record could spoil. */
    String of(FailedRecord failed, String errorOutputType) {
        return layout.errorPrefix()
                .evaluate(new PrefixExpression.Values(
                        failed.arrival().atZone(layout.zone()), Map.of(), errorOutputType, identity("errors")));
    }

    private String identity(String kind) {
        return batch + "\n" + layout.sinkName() + " " + kind;
    }
}
