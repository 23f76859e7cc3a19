package dev.clickstream.consumer.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a line came from: the members of {@code RowFormat.JSON_LINES_WITH_ORIGIN}, of which the last counts if a row
 * has one of that name itself; or what a line of Firehose's error output says. Not thread-safe.
 */
final class OriginReader {
    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable String shardId;
    private @Nullable String sequenceNumber;
    private @Nullable String arrival;
    private long subSequenceNumber;
    private long rowNumber;
    private @Nullable String rawData;
    private @Nullable String errorCode;
    private long arrivalTimestamp;

    AuditedLine read(String line) {
        shardId = null;
        sequenceNumber = null;
        arrival = null;
        subSequenceNumber = -1;
        rowNumber = -1;
        rawData = null;
        errorCode = null;
        arrivalTimestamp = -1;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new AuditedLine.Unreadable("no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                take(json, json.currentName(), json.nextToken());
            }
            return what();
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            // Its text may hold what the line holds.
            return new AuditedLine.Unreadable("not JSON, or an origin that is none");
        }
    }

    private void take(JsonParser json, String name, JsonToken value) throws IOException {
        switch (name) {
            case "kinesis_shard_id" -> shardId = json.getText();
            case "kinesis_sequence_number" -> sequenceNumber = json.getText();
            case "kinesis_arrival_timestamp" -> arrival = json.getText();
            case "kinesis_sub_sequence_number" -> subSequenceNumber = number(json, value);
            case "kinesis_row_number" -> rowNumber = number(json, value);
            case "rawData" -> rawData = value == JsonToken.VALUE_STRING ? json.getText() : null;
            case "errorCode" -> errorCode = json.getText();
            case "arrivalTimestamp" -> arrivalTimestamp = number(json, value);
            default -> {
                // The row's own.
            }
        }
        json.skipChildren();
    }

    private static long number(JsonParser json, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
    }

    private AuditedLine what() {
        String shard = shardId;
        String sequence = sequenceNumber;
        String time = arrival;
        String raw = rawData;
        if (shard != null && sequence != null && time != null && subSequenceNumber >= 0 && rowNumber >= 0) {
            RowPosition position = new RowPosition(
                    shard, digits(sequence), Math.toIntExact(subSequenceNumber), Math.toIntExact(rowNumber));
            return new AuditedLine.Delivered(position, Instant.parse(time));
        }
        if (raw != null && errorCode != null && arrivalTimestamp >= 0) {
            return new AuditedLine.Failed(
                    Contents.of(arrivalTimestamp, Base64.getDecoder().decode(raw)));
        }
        return new AuditedLine.Unreadable("it does not say where it came from");
    }

    private static String digits(String sequenceNumber) {
        if (!sequenceNumber.matches("\\d{1,129}")) {
            throw new IllegalArgumentException("no sequence number");
        }
        return sequenceNumber;
    }
}
