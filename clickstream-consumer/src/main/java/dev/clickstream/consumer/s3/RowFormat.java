package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.BatchId;

/** What rows look like in an object. */
public enum RowFormat {
    /** The bytes that the transform made, with the delimiter behind them. */
    AS_IS {
        @Override
        RowLines lines(BatchId batch) {
            return row -> row.data();
        }
    },
    /**
     * One JSON object a line. Line breaks within a row become spaces: JSON allows them between its parts only. A row
     * that does not begin with a brace and end with one goes to the error output, as {@code format-conversion-failed};
     * what stands between is not checked.
     */
    JSON_LINES {
        @Override
        RowLines lines(BatchId batch) {
            return row -> JsonLine.of(row.data());
        }
    },
    /**
     * One JSON object a line, with members at its end that say where the row came from: {@code kinesis_shard_id},
     * {@code kinesis_sequence_number}, {@code kinesis_sub_sequence_number} (the place in an aggregated record),
     * {@code kinesis_row_number} (the place among the rows that the transform made of the record, from 0) and
     * {@code kinesis_arrival_timestamp}. Otherwise as {@link #JSON_LINES}.
     */
    JSON_LINES_WITH_ORIGIN {
        @Override
        RowLines lines(BatchId batch) {
            return new OriginLines(batch.shardId());
        }
    };

    /** For one batch: the seam for other formats of rows. */
    abstract RowLines lines(BatchId batch);
}
