package dev.clickstream.consumer.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Takes a line of the error output apart. Not thread-safe. */
final class ErrorLineParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(ErrorReader.MAX_LINE_BYTES)
                    .build())
            .build();

    private @Nullable String rawData;
    private String code = "";
    private String message = "";
    private int attempts;
    private @Nullable Instant arrival;

    private ErrorLineParser() {}

    /** Never throws for what stands in the line, and shows nothing of it. */
    static ErrorLine parse(long number, byte[] json) {
        ErrorLineParser line = new ErrorLineParser();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new ErrorLine.Malformed(number, "not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                line.take(name, parser);
            }
            if (parser.nextToken() != null) {
                return new ErrorLine.Malformed(number, "something stands behind the JSON object");
            }
        } catch (JsonProcessingException e) {
            return new ErrorLine.Malformed(
                    number, "not JSON, at column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            return new ErrorLine.Malformed(number, "not JSON: its bytes are no text"); // bytes that look like UTF-32
        }
        return line.whole(number);
    }

    private void take(String name, JsonParser parser) throws IOException {
        if (!parser.currentToken().isScalarValue()) {
            parser.skipChildren();
            return;
        }
        String value = parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
        switch (name) {
            case "rawData" -> rawData = parser.currentToken() == JsonToken.VALUE_STRING ? value : null;
            case "errorCode", "lastErrorCode", "ErrorCode" -> code = value;
            case "errorMessage", "lastErrorMessage", "ErrorMessage" -> message = value;
            case "attemptsMade" -> attempts = (int) Math.min(Integer.MAX_VALUE, Math.max(0, number(value, 0)));
            case "arrivalTimestamp" -> {
                long millis = number(value, -1);
                arrival = millis < 0 ? null : Instant.ofEpochMilli(millis);
            }
            default -> {
                // Of the Lambda, the table, or of a later version.
            }
        }
    }

    /** What is said about a record is worth less than the record. */
    private static long number(String text, long unlessOne) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return unlessOne;
        }
    }

    private ErrorLine whole(long number) {
        if (rawData == null) {
            return new ErrorLine.Malformed(number, "rawData is missing, or no text");
        }
        try {
            byte[] data = Base64.getDecoder().decode(rawData);
            return new ErrorLine.Failed(number, data, code, message, attempts, arrival);
        } catch (IllegalArgumentException e) {
            return new ErrorLine.Malformed(number, "rawData is not base64");
        }
    }
}
