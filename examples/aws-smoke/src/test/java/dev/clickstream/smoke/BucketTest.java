package dev.clickstream.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketTest {

    @Test
    void remove_takesEveryVersionAndUpload_andTheMarkerLast() {
        VersionedS3 s3 = new VersionedS3()
                .versions("_clickstream-smoke@1", "clicks/a@1", "clicks/a@2", "clicks/b@1", "zebra@1")
                .deleteMarkers("clicks/b@2")
                .uploads("clicks/c@u1", "clicks/c@u2");

        new Bucket(s3, "any").remove();

        assertThat(s3.isThere()).isFalse();
        assertThat(s3.removed()).hasSize(6).last().isEqualTo("_clickstream-smoke@1");
    }
}
