package dev.clickstream.consumer.audit;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in S3.
 *
 * @param s3 the caller's
 * @param bucket which one
 * @param keyPrefix what keys begin with; empty for all
 */
record BucketObjects(S3Client s3, String bucket, String keyPrefix) implements ObjectSource {
    @Override
    public void forEach(Visitor visitor) throws IOException {
        for (S3Object object : s3.listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(keyPrefix))
                .contents()) {
            String key = object.key();
            if (!ObjectSource.isHidden(key) && !key.endsWith("/")) {
                try (InputStream content =
                        s3.getObject(get -> get.bucket(bucket).key(key))) {
                    visitor.visit(key, content);
                }
            }
        }
    }
}
