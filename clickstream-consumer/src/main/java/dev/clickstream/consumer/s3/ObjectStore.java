package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.Batch;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Puts objects that may be there already. Thread-safe. */
final class ObjectStore {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    /** SHA-256 of the uncompressed rows with their delimiters. */
    static final String DIGEST = "clickstream-rows-sha256";

    /** How many rows. */
    static final String ROWS = "clickstream-rows";

    private final S3Client s3;
    private final String bucket;
    private final AwsRequestOverrideConfiguration bounded;

    ObjectStore(S3Client s3, String bucket, Duration attemptTimeout) {
        this.s3 = s3;
        this.bucket = bucket;
        this.bounded = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(attemptTimeout)
                .build();
    }

    /** Puts an object, or finds that it is there. */
    void put(String key, ObjectWriter.Written object, @Nullable String contentEncoding, Batch.Content content) {
        PutObjectRequest create =
                request(key, object, contentEncoding).ifNoneMatch("*").build();
        try {
            s3.putObject(create, RequestBody.fromBytes(object.body()));
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
                throw e;
            }
            settle(key, object, contentEncoding, content);
        }
    }

    private PutObjectRequest.Builder request(
            String key, ObjectWriter.Written object, @Nullable String contentEncoding) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType("application/octet-stream")
                .contentEncoding(contentEncoding)
                .metadata(Map.of(DIGEST, object.digest(), ROWS, Long.toString(object.rows())))
                .overrideConfiguration(bounded);
    }

    /** The object is there already: from an earlier attempt, or from one of our own whose answer was lost. */
    private void settle(
            String key, ObjectWriter.Written object, @Nullable String contentEncoding, Batch.Content content) {
        HeadObjectResponse there = s3.headObject(r -> r.bucket(bucket).key(key).overrideConfiguration(bounded));
        Map<String, String> metadata = there.metadata();
        if (object.digest().equals(metadata.get(DIGEST))) {
            return;
        }
        long rowsThere = Long.parseLong(metadata.getOrDefault(ROWS, "0"));
        if (content == Batch.Content.DIFFERENT && rowsThere > object.rows()) {
            LOG.error(
                    "{} stays as it is, with {} rows: only {} of its batch could be read again",
                    key,
                    rowsThere,
                    object.rows());
            return;
        }
        LOG.info("{} is replaced: its {} rows differ from the {} of this attempt", key, rowsThere, object.rows());
        PutObjectRequest replace =
                request(key, object, contentEncoding).ifMatch(there.eTag()).build();
        s3.putObject(replace, RequestBody.fromBytes(object.body()));
    }
}
