package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

class ObjectStorageTest {
    private static PutObjectRequest request(ObjectStorage storage) {
        PutObjectRequest.Builder request = PutObjectRequest.builder();
        storage.describe(request);
        return request.build();
    }

    @Test
    void byDefault_theBucketDecides_andAChecksumIsSent() {
        assertThat(request(ObjectStorage.DEFAULT))
                .isEqualTo(PutObjectRequest.builder()
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .build());
    }

    @Test
    void encryptionAndStorageClass_areAskedFor() {
        ObjectStorage kms = ObjectStorage.DEFAULT
                .withEncryption(ServerSideEncryption.AWS_KMS, "alias/clicks")
                .withStorageClass(StorageClass.STANDARD_IA);
        assertThat(request(kms).serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(request(kms).ssekmsKeyId()).isEqualTo("alias/clicks");
        assertThat(request(kms).bucketKeyEnabled()).isTrue();
        assertThat(request(kms).storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        ObjectStorage s3 = kms.withEncryption(ServerSideEncryption.AES256, null);
        assertThat(request(s3).serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(request(s3).ssekmsKeyId()).isNull();
        assertThat(request(s3).bucketKeyEnabled()).isNull();
    }
}
