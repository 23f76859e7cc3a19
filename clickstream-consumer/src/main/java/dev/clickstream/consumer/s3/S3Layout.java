package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.Row;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go and how. Immutable; nobody changes the delimiter's bytes.
 *
 * @param sinkName a part of what names objects
 * @param prefix of rows
 * @param errorPrefix of failures
 * @param zone of prefixes and names
 * @param compression of all objects
 * @param extension what keys end with
 * @param delimiter behind each row
 * @param format of rows
 * @param eventTime null for rows that go by their arrival
 */
record S3Layout(
        String sinkName,
        PrefixExpression prefix,
        PrefixExpression errorPrefix,
        ZoneId zone,
        Compression compression,
        String extension,
        byte[] delimiter,
        RowFormat format,
        @Nullable EventTime eventTime) {

    /** When a row happened, or arrived. */
    EventTime.Judged judge(Row row) {
        return eventTime == null ? new EventTime.Judged(row.arrival(), null) : eventTime.judge(row);
    }

    /** What decides where rows go and how, as text. */
    String configuration() {
        return String.join(
                "\n",
                prefix.toString(),
                errorPrefix.toString(),
                zone.getId(),
                compression.name(),
                extension,
                new String(delimiter, StandardCharsets.UTF_8),
                format.name(),
                String.valueOf(eventTime));
    }
}
