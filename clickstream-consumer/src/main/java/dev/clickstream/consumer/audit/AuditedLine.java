package dev.clickstream.consumer.audit;

import java.time.Instant;

/** What an audit wants to know of a line. */
sealed interface AuditedLine {
    /** A row. */
    record Delivered(RowPosition position, Instant arrival) implements AuditedLine {}

    /** A line of the error output. */
    record Failed(Contents contents) implements AuditedLine {}

    /** Neither. */
    record Unreadable(String why) implements AuditedLine {}
}
