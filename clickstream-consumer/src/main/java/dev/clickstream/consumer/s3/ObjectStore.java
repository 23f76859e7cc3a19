package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.Batch;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects of one bucket, put though they may be there already, each call bounded in time. Thread-safe. */
final class ObjectStore {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    /** SHA-256 of the uncompressed rows with their delimiters. */
    static final String DIGEST = "clickstream-rows-sha256";

    /** How many rows. */
    static final String ROWS = "clickstream-rows";

    /** As the service has it, for every format and compression. */
    static final String CONTENT_TYPE = "application/octet-stream";

    private static final String SCHEME = "s3://";

    private final S3Client s3;
    private final String bucket;
    private final Duration attemptTimeout;
    private final ObjectStorage storage;
    private final MultipartUpload multipart;

    ObjectStore(S3Client s3, String bucket, Duration attemptTimeout, ObjectStorage storage) {
        this.s3 = s3;
        this.bucket = bucket;
        this.attemptTimeout = attemptTimeout;
        this.storage = storage;
        this.multipart = new MultipartUpload(s3, storage.partBytes());
    }

    Duration attemptTimeout() {
        return attemptTimeout;
    }

    String uri(String key) {
        return SCHEME + bucket + "/" + key;
    }

    boolean isUri(String uri) {
        return uri.startsWith(SCHEME) && uri.indexOf('/', SCHEME.length()) > 0;
    }

    private static String bucket(String uri) {
        return uri.substring(SCHEME.length(), uri.indexOf('/', SCHEME.length()));
    }

    private static String key(String uri) {
        return uri.substring(uri.indexOf('/', SCHEME.length()) + 1);
    }

    /**
     * Puts an object, or finds that it is there.
     *
     * @param left how long a call that begins now may take; throws when none may begin
     */
    void put(
            String key,
            ObjectWriter.Written object,
            @Nullable String contentEncoding,
            Batch.Content content,
            Supplier<Duration> left) {
        PutObjectRequest.Builder request = request(key)
                .contentType(CONTENT_TYPE)
                .contentEncoding(contentEncoding)
                .metadata(Map.of(DIGEST, object.digest(), ROWS, Long.toString(object.rows())));
        if (!created(request.ifNoneMatch("*"), object.body(), left)) {
            settle(request.ifNoneMatch(null), object, content, left);
        }
    }

    private PutObjectRequest.Builder request(String key) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key);
        storage.describe(request);
        return request;
    }

    /** Whether it was not there before. */
    private boolean created(PutObjectRequest.Builder request, ObjectBytes body, Supplier<Duration> left) {
        try {
            send(request, body, left);
            return true;
        } catch (S3Exception e) {
            int status = e.statusCode();
            if (status != PRECONDITION_FAILED && status != CONFLICT && !isOver(e)) {
                throw e;
            }
            return false;
        }
    }

    private void send(PutObjectRequest.Builder request, ObjectBytes body, Supplier<Duration> left) {
        if (body.size() > storage.multipartBytes()) {
            multipart.put(request.build(), body, () -> bounded(left));
        } else {
            PutObjectRequest put = request.overrideConfiguration(bounded(left)).build();
            s3.putObject(put, RequestBody.fromContentProvider(body::stream, body.size(), CONTENT_TYPE));
        }
    }

    /** Whether the upload had been completed before: by the attempt whose answer was lost. */
    private static boolean isOver(S3Exception e) {
        return e instanceof NoSuchUploadException;
    }

    /** The object is there already: from an earlier attempt, or from one of our own whose answer was lost. */
    private void settle(
            PutObjectRequest.Builder request,
            ObjectWriter.Written object,
            Batch.Content content,
            Supplier<Duration> left) {
        String key = request.build().key();
        HeadObjectResponse there = s3.headObject(r -> r.bucket(bucket).key(key).overrideConfiguration(bounded(left)));
        Map<String, String> metadata = there.metadata();
        if (object.digest().equals(metadata.get(DIGEST))) {
            return;
        }
        String name = ObjectKey.told(key);
        long rowsThere = Long.parseLong(metadata.getOrDefault(ROWS, "0"));
        if (content == Batch.Content.DIFFERENT && rowsThere >= object.rows()) {
            LOG.error(
                    "{} stays as it is, with {} rows: only {} of its batch could be read again",
                    name,
                    rowsThere,
                    object.rows());
            return;
        }
        LOG.info("{} is replaced: its {} rows differ from the {} of this attempt", name, rowsThere, object.rows());
        send(request.ifMatch(there.eTag()), object.body(), left);
    }

    /** Puts something whose name is made of its content. */
    void create(String key, byte[] content) {
        ObjectBytes body = new ObjectBytes();
        body.write(content, 0, content.length);
        var unused = created(request(key).ifNoneMatch("*"), body, this::attemptTimeout);
    }

    byte[] read(String uri) {
        return s3.getObjectAsBytes(
                        r -> r.bucket(bucket(uri)).key(key(uri)).overrideConfiguration(bounded(this::attemptTimeout)))
                .asByteArray();
    }

    /** Removes an object, of whatever bucket; one that is not there is no error. */
    void remove(String uri, Supplier<Duration> left) {
        s3.deleteObject(r -> r.bucket(bucket(uri)).key(key(uri)).overrideConfiguration(bounded(left)));
    }

    private AwsRequestOverrideConfiguration bounded(Supplier<Duration> left) {
        Duration most = left.get();
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(most.compareTo(attemptTimeout) < 0 ? most : attemptTimeout)
                .build();
    }
}
