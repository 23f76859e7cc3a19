package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.BatchId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObjectKeyTest {
    private static final BatchId BATCH = new BatchId("app", "clicks", "shardId-000000000000", "4968049");
    private static final Instant TIME = Instant.parse("2026-01-01T23:30:00Z");

    @Test
    void uuid_isDerived_neverDrawn() {
        assertThat(new ObjectKey(BATCH, "S3Sink rows", "p/").at(TIME, ZoneOffset.UTC, ".gz"))
                .isEqualTo("p/clicks-1-2026-01-01-23-30-00-a421d27e-dac4-8a8b-8051-d00adf976610.gz");
    }

    @Test
    void uuid_isOfVersion8() {
        String key = new ObjectKey(BATCH, "S3Sink rows", "").at(TIME, ZoneOffset.UTC, "");
        UUID uuid = UUID.fromString(key.substring("clicks-1-2026-01-01-23-30-00-".length()));
        assertThat(uuid.version()).isEqualTo(8);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void key_inATimeZone_showsItsTime() {
        assertThat(new ObjectKey(BATCH, "s", "").at(TIME, ZoneId.of("Europe/Madrid"), ""))
                .startsWith("clicks-1-2026-01-02-00-30-00-");
    }

    @Test
    void anyDifference_makesAnotherName() {
        BatchId otherApp = new BatchId("other", "clicks", "shardId-000000000000", "4968049");
        BatchId otherShard = new BatchId("app", "clicks", "shardId-000000000001", "4968049");
        BatchId otherFirst = new BatchId("app", "clicks", "shardId-000000000000", "4968050");
        assertThat(Stream.of(
                                new ObjectKey(BATCH, "s", ""),
                                new ObjectKey(BATCH, "t", ""),
                                new ObjectKey(BATCH, "s", "p"),
                                new ObjectKey(otherApp, "s", ""),
                                new ObjectKey(otherShard, "s", ""),
                                new ObjectKey(otherFirst, "s", ""))
                        .map(key -> key.at(TIME, ZoneOffset.UTC, "")
                                .substring(key.prefix().length())))
                .doesNotHaveDuplicates();
    }

    @Test
    void told_holdsNothingOfThePrefix_alsoWhereItDoesNotEndAFolder() {
        for (String prefix : new String[] {"", "customer=jane/", "by-jane-"}) {
            String key = prefix + "st-1-2026-01-02-03-04-05-01234567-89ab-8def-8123-456789abcdef.gz";
            assertThat(ObjectKey.told(key)).isEqualTo("2026-01-02-03-04-05-01234567-89ab-8def-8123-456789abcdef.gz");
        }
        assertThat(ObjectKey.told("jane")).isEqualTo("an object");
    }
}
