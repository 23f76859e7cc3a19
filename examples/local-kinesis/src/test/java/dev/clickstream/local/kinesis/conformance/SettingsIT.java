package dev.clickstream.local.kinesis.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamResponse;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.Tag;

/** Retention, tags, encryption, sizes of records. */
class SettingsIT {

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    private static void increase(TestStream stream, int hours) {
        conformance.client().increaseStreamRetentionPeriod(r -> r.streamName(stream.name())
                .retentionPeriodHours(hours));
        stream.awaitActive();
    }

    private static void decrease(TestStream stream, int hours) {
        conformance.client().decreaseStreamRetentionPeriod(r -> r.streamName(stream.name())
                .retentionPeriodHours(hours));
        stream.awaitActive();
    }

    private static int retention(TestStream stream) {
        return conformance
                .client()
                .describeStreamSummary(r -> r.streamName(stream.name()))
                .streamDescriptionSummary()
                .retentionPeriodHours();
    }

    @Test
    void retention_isIncreasedToAYear_andDecreasedToADay() {
        TestStream stream = conformance.stream(1);
        increase(stream, 8_760);
        assertThat(retention(stream)).isEqualTo(8_760);
        decrease(stream, 24);
        assertThat(retention(stream)).isEqualTo(24);
    }

    @Test
    void retention_underADay_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> decrease(stream, 23))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void retention_isNotIncreasedToLess_norDecreasedToMore() {
        TestStream stream = conformance.stream(1);
        increase(stream, 48);
        assertThat(Refusal.codeOf(() -> increase(stream, 30))).isEqualTo("InvalidArgumentException");
        assertThat(Refusal.codeOf(() -> decrease(stream, 50))).isEqualTo("InvalidArgumentException");
        assertThat(retention(stream)).isEqualTo(48);
    }

    private static void tag(TestStream stream, Map<String, String> tags) {
        conformance.client().addTagsToStream(r -> r.streamName(stream.name()).tags(tags));
    }

    private static ListTagsForStreamResponse tags(TestStream stream) {
        return conformance.client().listTagsForStream(r -> r.streamName(stream.name()));
    }

    @Test
    void newStream_hasNoTags() {
        ListTagsForStreamResponse tags = tags(conformance.stream(1));
        assertThat(tags.tags()).isEmpty();
        assertThat(tags.hasMoreTags()).isFalse();
    }

    @Test
    void tags_areListedInTheOrderOfTheirKeys() {
        TestStream stream = conformance.stream(1);
        tag(stream, Map.of("a", "1", " ", "2", "ÿ", "3", "_", "4", "Zb", "5", "0", "6", "@", "7"));
        assertThat(tags(stream).tags()).extracting(Tag::key).containsExactly(" ", "0", "@", "Zb", "_", "a", "ÿ");
    }

    @Test
    void tag_setAgain_isReplaced() {
        TestStream stream = conformance.stream(1);
        tag(stream, Map.of("a", "1"));
        tag(stream, Map.of("a", "2", "b", ""));
        assertThat(tags(stream).tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("a=2", "b=");
    }

    @Test
    void tags_comeInPages() {
        TestStream stream = conformance.stream(1);
        tag(stream, Map.of("a", "1", "b", "2", "c", "3"));
        ListTagsForStreamResponse page = conformance.client().listTagsForStream(r -> r.streamName(stream.name())
                .exclusiveStartTagKey("a")
                .limit(1));
        assertThat(page.tags()).extracting(Tag::key).containsExactly("b");
        assertThat(page.hasMoreTags()).isTrue();
    }

    @Test
    void tags_areRemoved_andWhatIsNotThereIsNoError() {
        TestStream stream = conformance.stream(1);
        tag(stream, Map.of("a", "1", "b", "2"));
        conformance.client().removeTagsFromStream(r -> r.streamName(stream.name())
                .tagKeys("a", "c"));
        assertThat(tags(stream).tags()).extracting(Tag::key).containsExactly("b");
    }

    @Test
    void tags_areFiftyAtMost() {
        TestStream stream = conformance.stream(1);
        for (int i = 0; i < 50; i += 10) {
            Map<String, String> ten = new TreeMap<>();
            for (int j = i; j < i + 10; j++) {
                ten.put("key" + j, "x");
            }
            tag(stream, ten);
        }
        assertThat(Refusal.codeOf(() -> tag(stream, Map.of("one more", "x")))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void tag_ofOtherCharacters_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> tag(stream, Map.of("a;b", "x")))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void tag_withALongKey_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> tag(stream, Map.of("k".repeat(129), "x"))))
                .isEqualTo("ValidationException");
    }

    @Test
    void tag_withALongValue_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> tag(stream, Map.of("k", "x".repeat(257)))))
                .isEqualTo("ValidationException");
    }

    private static StreamDescriptionSummary summary(TestStream stream) {
        return conformance
                .client()
                .describeStreamSummary(r -> r.streamName(stream.name()))
                .streamDescriptionSummary();
    }

    @Test
    void encryption_isStartedAndStopped() {
        TestStream stream = conformance.stream(1);
        String key = "alias/aws/kinesis";
        conformance.client().startStreamEncryption(r -> r.streamName(stream.name())
                .encryptionType(EncryptionType.KMS)
                .keyId(key));
        stream.awaitActive();
        assertThat(summary(stream).encryptionType()).isEqualTo(EncryptionType.KMS);
        assertThat(summary(stream).keyId()).isEqualTo(key);
        conformance.client().stopStreamEncryption(r -> r.streamName(stream.name())
                .encryptionType(EncryptionType.KMS)
                .keyId(key));
        stream.awaitActive();
        assertThat(summary(stream).encryptionType()).isEqualTo(EncryptionType.NONE);
    }

    private static void resize(TestStream stream, int kibibytes) {
        conformance.client().updateMaxRecordSize(r -> r.streamARN(stream.arn()).maxRecordSizeInKiB(kibibytes));
        stream.awaitActive();
    }

    @Test
    void maxRecordSize_isOneMebibyteAtFirst() {
        assertThat(summary(conformance.stream(1)).maxRecordSizeInKiB()).isEqualTo(1_024);
    }

    @Test
    void maxRecordSize_whenRaised_letsLargerRecordsIn() {
        TestStream stream = conformance.stream(1);
        resize(stream, 2_048);
        assertThat(summary(stream).maxRecordSizeInKiB()).isEqualTo(2_048);
        assertThat(stream.put("k", "x".repeat(1_500_000)).sequenceNumber()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_023, 10_241})
    void maxRecordSize_outOfRange_isRefused(int kibibytes) {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> resize(stream, kibibytes))).isEqualTo("ValidationException");
    }
}
