package dev.clickstream.consumer.s3;

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

    /** Whether two times within a second may give two prefixes of rows. */
    boolean isFinerThanSeconds() {
        return prefix.isFinerThanSeconds();
    }
}
