package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.Row;
import org.jspecify.annotations.Nullable;

/** Makes lines of the rows of one batch, in their order. Not thread-safe. */
@FunctionalInterface
interface RowLines {
    /** Without the delimiter; null when the row cannot be one. */
    byte @Nullable [] of(Row row);
}
