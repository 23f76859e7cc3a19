package dev.clickstream.smoke;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket that keeps versions, which the local S3 does not; one version a page. Refuses to go while it holds any. */
final class VersionedS3 implements S3Client {
    private final Set<String> versions = new LinkedHashSet<>();
    private final Set<String> deleteMarkers = new LinkedHashSet<>();
    private final Set<String> uploads = new LinkedHashSet<>();
    private final List<String> removed = new ArrayList<>();
    private boolean there = true;

    /** Each as {@code key@version}. */
    VersionedS3 versions(String... all) {
        versions.addAll(List.of(all));
        return this;
    }

    VersionedS3 deleteMarkers(String... all) {
        deleteMarkers.addAll(List.of(all));
        return this;
    }

    VersionedS3 uploads(String... all) {
        uploads.addAll(List.of(all));
        return this;
    }

    boolean isThere() {
        return there;
    }

    List<String> removed() {
        return removed;
    }

    private static String key(String of) {
        return of.split("@", -1)[0];
    }

    private static String version(String of) {
        return of.split("@", -1)[1];
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
        List<String> all = new ArrayList<>(versions);
        all.addAll(deleteMarkers);
        String after = request.keyMarker() == null ? "" : request.keyMarker() + "@" + request.versionIdMarker();
        List<String> rest =
                all.stream().sorted().filter(one -> one.compareTo(after) > 0).toList();
        ListObjectVersionsResponse.Builder page =
                ListObjectVersionsResponse.builder().isTruncated(rest.size() > 1);
        if (!rest.isEmpty()) {
            String first = rest.get(0);
            page.nextKeyMarker(key(first)).nextVersionIdMarker(version(first));
            if (deleteMarkers.contains(first)) {
                page.deleteMarkers(DeleteMarkerEntry.builder()
                        .key(key(first))
                        .versionId(version(first))
                        .build());
            } else {
                page.versions(ObjectVersion.builder()
                        .key(key(first))
                        .versionId(version(first))
                        .build());
            }
        }
        return page.build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return ListObjectsV2Response.builder().isTruncated(false).build();
    }

    @Override
    public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
        return ListMultipartUploadsResponse.builder()
                .isTruncated(false)
                .uploads(uploads.stream()
                        .map(one -> MultipartUpload.builder()
                                .key(key(one))
                                .uploadId(version(one))
                                .build())
                        .toList())
                .build();
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
        uploads.remove(request.key() + "@" + request.uploadId());
        return AbortMultipartUploadResponse.builder().build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        String one = request.key() + "@" + request.versionId();
        if (versions.remove(one) || deleteMarkers.remove(one)) {
            removed.add(one);
        } else if (request.versionId() == null) {
            deleteMarkers.add(request.key() + "@marker");
        }
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
        if (!versions.isEmpty() || !deleteMarkers.isEmpty() || !uploads.isEmpty()) {
            throw S3Exception.builder()
                    .statusCode(409)
                    .message("BucketNotEmpty")
                    .build();
        }
        there = false;
        return DeleteBucketResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
