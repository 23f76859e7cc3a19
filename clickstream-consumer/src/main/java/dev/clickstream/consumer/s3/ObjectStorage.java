package dev.clickstream.consumer.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * How S3 is to keep objects; nothing of it decides what stands in them or where. Immutable.
 *
 * @param encryption null for the bucket's default
 * @param kmsKeyId null for the bucket's or AWS's own key
 * @param storageClass null for the bucket's default
 * @param multipartBytes an object that is larger, compressed, is put in parts
 * @param partBytes of the parts but the last
 */
record ObjectStorage(
        @Nullable ServerSideEncryption encryption,
        @Nullable String kmsKeyId,
        @Nullable StorageClass storageClass,
        long multipartBytes,
        int partBytes) {
    private static final int PART_BYTES = 16 * 1024 * 1024;

    /** As the bucket does it. */
    static final ObjectStorage DEFAULT = new ObjectStorage(null, null, null, 2L * PART_BYTES, PART_BYTES);

    ObjectStorage withEncryption(ServerSideEncryption how, @Nullable String key) {
        return new ObjectStorage(how, key, storageClass, multipartBytes, partBytes);
    }

    ObjectStorage withStorageClass(StorageClass where) {
        return new ObjectStorage(encryption, kmsKeyId, where, multipartBytes, partBytes);
    }

    ObjectStorage withParts(long larger, int bytes) {
        return new ObjectStorage(encryption, kmsKeyId, storageClass, larger, bytes);
    }

    /** The checksum is S3's to verify, whatever the client's default. */
    void describe(PutObjectRequest.Builder request) {
        request.checksumAlgorithm(ChecksumAlgorithm.CRC32)
                .serverSideEncryption(encryption)
                .ssekmsKeyId(kmsKeyId)
                .bucketKeyEnabled(encryption == ServerSideEncryption.AWS_KMS ? true : null)
                .storageClass(storageClass);
    }
}
