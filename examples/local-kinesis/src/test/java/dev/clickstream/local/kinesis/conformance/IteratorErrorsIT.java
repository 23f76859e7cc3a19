package dev.clickstream.local.kinesis.conformance;

import static dev.clickstream.local.kinesis.conformance.TestStream.shardId;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AFTER_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_TIMESTAMP;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.LATEST;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Iterators that cannot be had. */
class IteratorErrorsIT {

    private static final String FIRST = shardId(0);

    @RegisterExtension
    static final Conformance conformance = new Conformance();

    @ParameterizedTest
    @EnumSource(names = {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"})
    void withoutTheSequenceNumberThatItsTypeNeeds_isRefused(ShardIteratorType type) {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, type))).isEqualTo("InvalidArgumentException");
    }

    @ParameterizedTest
    @EnumSource(names = {"TRIM_HORIZON", "LATEST"})
    void withASequenceNumberThatItsTypeHasNoUseFor_isRefused(ShardIteratorType type) {
        TestStream stream = conformance.stream(1);
        String number = stream.put("k", "x").sequenceNumber();
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, type, number))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void atTimestamp_withoutOne_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, AT_TIMESTAMP))).isEqualTo("InvalidArgumentException");
    }

    @Test
    void atTimestamp_inTheFuture_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, r -> r.shardIteratorType(AT_TIMESTAMP)
                        .timestamp(Instant.now().plusSeconds(60)))))
                .isEqualTo("InvalidArgumentException");
    }

    @Test
    void ofAnotherShardsSequenceNumber_isRefused() {
        TestStream stream = conformance.stream(3);
        String ofTheLast = stream.put("e", "x").sequenceNumber();
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, AT_SEQUENCE_NUMBER, ofTheLast)))
                .isEqualTo("InvalidArgumentException");
    }

    @Test
    void ofNoSequenceNumber_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, AFTER_SEQUENCE_NUMBER, "12x")))
                .isEqualTo("ValidationException");
    }

    @Test
    void ofATypeThatThereIsNot_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, r -> r.shardIteratorType("SOMEWHERE"))))
                .isEqualTo("ValidationException");
    }

    @Test
    void ofAShardThatThereIsNot_isRefused() {
        TestStream stream = conformance.stream(1);
        assertThat(Refusal.codeOf(() -> stream.iterator(shardId(5), LATEST))).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void ofAStreamThatThereIsNot_isRefused() {
        TestStream stream = new TestStream(conformance.client(), Conformance.freshName());
        assertThat(Refusal.codeOf(() -> stream.iterator(FIRST, TRIM_HORIZON))).isEqualTo("ResourceNotFoundException");
    }

    /** The real service takes the number at the end of a shard's name. */
    @Test
    void shard_mayBeNamedShort() {
        TestStream stream = conformance.stream(1);
        stream.put("k", "1");
        assertThat(stream.data(stream.iterator("shardId-0", TRIM_HORIZON))).containsExactly("1");
    }
}
