package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.Row;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.regex.Pattern;
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

    /** Amazon Data Firehose API Reference, ExtendedS3DestinationConfiguration: FileExtension and CustomTimeZone. */
    private static final Pattern EXTENSION = Pattern.compile("^(|\\.[0-9a-z!\\-_.*'()]+)$");

    private static final int MAX_EXTENSION_CHARACTERS = 128;
    private static final Pattern TIME_ZONE = Pattern.compile("[a-zA-Z/_]{1,50}");

    /** Itself, if the service takes it. */
    static String fileExtension(String extension) {
        if (!EXTENSION.matcher(extension).matches() || extension.length() > MAX_EXTENSION_CHARACTERS) {
            throw new IllegalArgumentException("fileExtension '" + extension + "' must match " + EXTENSION.pattern()
                    + " and have at most " + MAX_EXTENSION_CHARACTERS + " characters");
        }
        return extension;
    }

    /** Itself, if the service takes it. */
    static ZoneId timeZone(ZoneId zone) {
        if (!TIME_ZONE.matcher(zone.getId()).matches()) {
            throw new IllegalArgumentException(
                    "customTimeZone '" + zone.getId() + "' must match " + TIME_ZONE.pattern());
        }
        return zone;
    }

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
