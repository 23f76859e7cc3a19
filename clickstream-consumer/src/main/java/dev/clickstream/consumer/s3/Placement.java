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
    private @Nullable Asked lastAsked;
    private Place last = new Place.At("");

    Placement(S3Layout layout, BatchId batch) {
        this.layout = layout;
        this.batch = batch;
    }

    /** What a row's place follows from. */
    private record Asked(PrefixExpression prefix, Instant time, Map<String, String> keys) {}

    /** Where something goes. */
    sealed interface Place {
        /** Below a prefix, evaluated. */
        record At(String prefix) implements Place {}

        /** To the error output. */
        record Nowhere(String errorCode, String errorMessage) implements Place {}
    }

    Place of(Row row) {
        EventTime.Judged judged = layout.judge(row);
        PrefixExpression prefix = judged.latePrefix() == null ? layout.prefix() : judged.latePrefix();
        Instant time = judged.time();
        Asked asked = new Asked(
                prefix,
                prefix.isFinerThanSeconds() ? time : Instant.ofEpochSecond(time.getEpochSecond()),
                row.partitionKeys());
        if (!asked.equals(lastAsked)) {
            last = place(asked);
            lastAsked = asked;
        }
        return last;
    }

    private Place place(Asked asked) {
        PrefixExpression prefix = asked.prefix();
        Map<String, String> keys = asked.keys();
        String missing = prefix.missing(keys);
        if (missing != null) {
            return nowhere("partition key '" + missing + "' is missing or empty");
        }
        String evaluated = prefix.evaluate(
                new PrefixExpression.Values(asked.time().atZone(layout.zone()), keys, "", identity("rows")));
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
