package dev.clickstream.consumer.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Puts a large object part by part, each call bounded in time of its own; nobody sees it before the last call, which has
 * the condition. Thread-safe.
 */
final class MultipartUpload {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);
    private static final Duration ABORT = Duration.ofSeconds(10);

    private final S3Client s3;
    private final int partBytes;

    MultipartUpload(S3Client s3, int partBytes) {
        this.s3 = s3;
        this.partBytes = partBytes;
    }

    /** Does what a put of the whole would do. */
    void put(PutObjectRequest put, ObjectBytes body, Supplier<AwsRequestOverrideConfiguration> bounded) {
        String uploadId = s3.createMultipartUpload(
                        create(put).overrideConfiguration(bounded.get()).build())
                .uploadId();
        try {
            List<CompletedPart> parts = upload(put, uploadId, body, bounded);
            s3.completeMultipartUpload(r -> r.bucket(put.bucket())
                    .key(put.key())
                    .uploadId(uploadId)
                    .ifNoneMatch(put.ifNoneMatch())
                    .ifMatch(put.ifMatch())
                    .multipartUpload(m -> m.parts(parts))
                    .overrideConfiguration(bounded.get()));
        } catch (RuntimeException e) {
            abort(put, uploadId, e);
            throw e;
        }
    }

    private static CreateMultipartUploadRequest.Builder create(PutObjectRequest put) {
        return CreateMultipartUploadRequest.builder()
                .bucket(put.bucket())
                .key(put.key())
                .contentType(put.contentType())
                .contentEncoding(put.contentEncoding())
                .metadata(put.metadata())
                .checksumAlgorithm(put.checksumAlgorithm())
                .storageClass(put.storageClassAsString())
                .serverSideEncryption(put.serverSideEncryption())
                .ssekmsKeyId(put.ssekmsKeyId())
                .bucketKeyEnabled(put.bucketKeyEnabled());
    }

    private List<CompletedPart> upload(
            PutObjectRequest put,
            String uploadId,
            ObjectBytes body,
            Supplier<AwsRequestOverrideConfiguration> bounded) {
        List<CompletedPart> parts = new ArrayList<>();
        for (long offset = 0; offset < body.size(); offset += partBytes) {
            long from = offset;
            long length = Math.min(partBytes, body.size() - from);
            int number = parts.size() + 1;
            var answer = s3.uploadPart(
                    r -> r.bucket(put.bucket())
                            .key(put.key())
                            .uploadId(uploadId)
                            .partNumber(number)
                            .checksumAlgorithm(put.checksumAlgorithm())
                            .overrideConfiguration(bounded.get()),
                    RequestBody.fromContentProvider(() -> body.stream(from, length), length, put.contentType()));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.eTag())
                    .checksumCRC32(answer.checksumCRC32())
                    .build());
        }
        return parts;
    }

    /** What is left behind otherwise costs until a lifecycle rule takes it away. */
    private void abort(PutObjectRequest put, String uploadId, RuntimeException why) {
        try {
            s3.abortMultipartUpload(r -> r.bucket(put.bucket())
                    .key(put.key())
                    .uploadId(uploadId)
                    .overrideConfiguration(o -> o.apiCallTimeout(ABORT)));
        } catch (SdkException e) {
            LOG.info(
                    "Parts of {} stay behind: {}",
                    ObjectKey.told(put.key()),
                    e.getClass().getName());
            why.addSuppressed(e);
        }
    }
}
