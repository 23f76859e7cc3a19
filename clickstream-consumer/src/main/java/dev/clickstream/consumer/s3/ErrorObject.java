package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.FailedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A line of the error output, as Firehose has written it since 2025, without an ARN: there is no Lambda. The attempt
 * ends when the record arrives: a transform is a pure function of the record, so its one attempt has no time of its own,
 * and bytes that hold the wall clock would differ when a batch is delivered again.
 */
final class ErrorObject {
    /** The error output's type of what a transform could not process. */
    static final String PROCESSING_FAILED = "processing-failed";

    /** The error output's type of what has no place under the prefix. */
    static final String METADATA_EXTRACTION_FAILED = "metadata-extraction-failed";

    /** Its code. */
    static final String METADATA_EXTRACTION_FAILED_CODE = "DynamicPartitioning.MetadataExtractionFailed";

    /** The error output's type of what cannot be written in the format of rows. */
    static final String FORMAT_CONVERSION_FAILED = "format-conversion-failed";

    /** Its code. */
    static final String PARSE_ERROR_CODE = "DataFormatConversion.ParseError";

    private static final char FIRST_PRINTABLE = ' ';

    private ErrorObject() {}

    static byte[] line(FailedRecord failed) {
        StringBuilder json = new StringBuilder(failed.data().length * 4 / 3 + 256);
        long arrival = failed.arrival().toEpochMilli();
        json.append("{\"rawData\":\"").append(Base64.getEncoder().encodeToString(failed.data()));
        json.append("\",\"errorCode\":");
        quote(json, failed.code());
        json.append(",\"errorMessage\":");
        quote(json, failed.message());
        json.append(",\"attemptsMade\":1,\"arrivalTimestamp\":").append(arrival);
        json.append(",\"attemptEndingTimestamp\":").append(arrival).append('}');
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
