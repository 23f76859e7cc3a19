package dev.clickstream.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads back every object that the worker wrote. */
final class Lake {
    static final String CLICKS = "clicks/";
    static final String ERRORS = "errors/";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final S3Client s3;
    private final String bucket;

    Lake(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * A delivered row.
     *
     * @param eventId the event's
     * @param visitor who clicked
     * @param producerSequence its number
     * @param shard where it was read
     * @param sequenceNumber its record's place there
     * @param subSequenceNumber its place in an aggregated record
     */
    record Row(
            String eventId,
            String visitor,
            long producerSequence,
            String shard,
            BigInteger sequenceNumber,
            long subSequenceNumber) {}

    /** All rows of all objects, in no order. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String key : keys(CLICKS)) {
            rows.addAll(rows(key));
        }
        return rows;
    }

    /** How many objects of the error output there are. */
    int errorObjects() {
        return keys(ERRORS).size();
    }

    private List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private List<Row> rows(String key) {
        byte[] object = s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArrayUnsafe();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(object)), StandardCharsets.UTF_8))) {
            List<Row> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(row(JSON.readTree(line)));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("object " + key + " cannot be read", e);
        }
    }

    private static Row row(JsonNode line) {
        return new Row(
                line.path("event_id").asText(),
                line.path("user_pseudo_id").asText(),
                line.path("producer_sequence").asLong(),
                line.path("kinesis_shard_id").asText(),
                new BigInteger(line.path("kinesis_sequence_number").asText()),
                line.path("kinesis_sub_sequence_number").asLong());
    }
}
