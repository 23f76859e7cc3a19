package dev.clickstream.consumer;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A small case to explore.
 *
 * @param kinesisRecords a word for each Kinesis record, a letter for each record in it: o is ok, d dropped, f failed, t
 *     throws
 * @param isClosed whether the shard ends after them
 * @param mishaps how many at most
 * @param rowsPerBatch the sizes of batches of one owner and the next, in turn
 * @param mayTrim whether the stream may throw records away
 * @param configurations of one owner and the next, in turn
 * @param hasDeadLetters whether a batch that a sink refuses once goes to another in its place
 * @param checkpoints what stands between pipeline and lease table
 */
record ModelSettings(
        List<String> kinesisRecords,
        boolean isClosed,
        int mishaps,
        List<Integer> rowsPerBatch,
        boolean mayTrim,
        List<ModelConfiguration> configurations,
        boolean hasDeadLetters,
        UnaryOperator<Checkpoints> checkpoints) {
    private static final int ROW_BYTES = 69;

    ModelSettings(String records, boolean isClosed, int mishaps) {
        this(
                List.of(records.split(" ")),
                isClosed,
                mishaps,
                List.of(2, 3),
                false,
                List.of(ModelConfiguration.FIRST),
                false,
                c -> c);
    }

    ModelSettings withCheckpoints(UnaryOperator<Checkpoints> other) {
        return new ModelSettings(
                kinesisRecords, isClosed, mishaps, rowsPerBatch, mayTrim, configurations, hasDeadLetters, other);
    }

    ModelSettings trimming() {
        return new ModelSettings(
                kinesisRecords, isClosed, mishaps, rowsPerBatch, true, configurations, hasDeadLetters, checkpoints);
    }

    ModelSettings withDeadLetters() {
        return new ModelSettings(
                kinesisRecords, isClosed, mishaps, rowsPerBatch, mayTrim, configurations, true, checkpoints);
    }

    ModelSettings configured(ModelConfiguration... inTurn) {
        return new ModelSettings(
                kinesisRecords, isClosed, mishaps, rowsPerBatch, mayTrim, List.of(inTurn), hasDeadLetters, checkpoints);
    }

    /** Whether a reader may see a record twice before its batch is committed. */
    boolean configurationChanges() {
        return configurations.size() > 1;
    }

    Duration interval() {
        return Duration.ofSeconds(1);
    }

    List<BatchCutter> cutters() {
        return rowsPerBatch.stream()
                .map(rows -> new BatchCutter((long) rows * ROW_BYTES - ROW_BYTES / 2, interval()))
                .toList();
    }
}
