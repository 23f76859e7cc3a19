package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.FailedRecord;
import dev.clickstream.consumer.Row;
import java.time.ZoneId;

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
 */
record S3Layout(
        String sinkName,
        PrefixExpression prefix,
        PrefixExpression errorPrefix,
        ZoneId zone,
        Compression compression,
        String extension,
        byte[] delimiter) {

    String prefix(Row row) {
        return prefix.evaluate(row.arrival(), zone, "");
    }

    String errorPrefix(FailedRecord failed) {
        return errorPrefix.evaluate(failed.arrival(), zone, ErrorObject.PROCESSING_FAILED);
    }
}
