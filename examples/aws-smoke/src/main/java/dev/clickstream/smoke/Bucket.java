package dev.clickstream.smoke;

import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Removes a bucket with all that is in it: objects, their versions, and uploads that never ended. */
final class Bucket {
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client s3;
    private final String name;

    Bucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
    }

    /** The marker goes last, so that what is left of a removal that failed can still be told for ours. */
    void remove() {
        abortUploads();
        removeContents(key -> !key.equals(Names.MARKER_KEY));
        removeContents(key -> true);
        s3.deleteBucket(r -> r.bucket(name));
    }

    private void abortUploads() {
        s3.listMultipartUploadsPaginator(r -> r.bucket(name))
                .uploads()
                .forEach(upload -> s3.abortMultipartUpload(
                        r -> r.bucket(name).key(upload.key()).uploadId(upload.uploadId())));
    }

    /** In a bucket with versions, removing an object without its version would add a marker. */
    private void removeContents(Predicate<String> keys) {
        try {
            s3.listObjectVersionsPaginator(r -> r.bucket(name)).forEach(page -> {
                page.versions().forEach(version -> removeVersion(version.key(), version.versionId(), keys));
                page.deleteMarkers().forEach(marker -> removeVersion(marker.key(), marker.versionId(), keys));
            });
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_IMPLEMENTED) {
                throw e;
            }
            // Not S3 itself, and without versions.
            removeObjects(keys);
        }
    }

    private void removeVersion(String key, String version, Predicate<String> keys) {
        if (keys.test(key)) {
            s3.deleteObject(r -> r.bucket(name).key(key).versionId(version));
        }
    }

    private void removeObjects(Predicate<String> keys) {
        s3.listObjectsV2Paginator(r -> r.bucket(name)).contents().stream()
                .map(S3Object::key)
                .filter(keys)
                .forEach(key -> s3.deleteObject(r -> r.bucket(name).key(key)));
    }
}
