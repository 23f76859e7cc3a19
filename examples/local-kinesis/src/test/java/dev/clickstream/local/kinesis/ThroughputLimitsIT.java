package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

class ThroughputLimitsIT {

    private static final String RATE_EXCEEDED =
            "Rate exceeded for shard shardId-000000000000 in stream clicks under account 000000000000.";

    /** Time passes only when it is advanced, so that what fits is exact. */
    @RegisterExtension
    final Endpoint endpoint =
            new Endpoint(2, ThroughputLimits.ENFORCED, new KinesisClock(System::currentTimeMillis, () -> 0));

    @Test
    void bytes_overTheLimit_failTheirEntriesOnly() {
        // Ten times 100 kB fit into a second's burst; "b" goes to the other shard.
        List<PutRecordsResultEntry> results = put(Collections.nCopies(20, Calls.entry("a", new byte[100_000])))
                .records();
        assertThat(results.subList(0, 10))
                .allSatisfy(r -> assertThat(r.sequenceNumber()).isNotNull());
        assertThat(results.subList(10, 20))
                .allSatisfy(r -> assertThat(r.sequenceNumber()).isNull());
        PutRecordsResultEntry failed = results.get(19);
        assertThat(failed.errorCode()).isEqualTo("ProvisionedThroughputExceededException");
        assertThat(failed.errorMessage()).isEqualTo(RATE_EXCEEDED);
        assertThat(failed.sequenceNumber()).isNull();
        assertThat(failed.shardId()).isNull();
        assertThat(endpoint.clicks().put("b", "x").shardId()).isEqualTo("shardId-000000000001");
        assertThat(endpoint.clicks().readAll("shardId-000000000000")).hasSize(10);
    }

    private PutRecordsResponse put(List<PutRecordsRequestEntry> entries) {
        return endpoint.client().putRecords(r -> r.streamName("clicks").records(entries));
    }

    @Test
    void singlePut_overTheLimit_isAnException_andGoesAgainWhenTimeHasPassed() {
        put(Collections.nCopies(1, Calls.entry("a", new byte[1_048_575])));
        assertThatThrownBy(this::putLarge)
                .isInstanceOf(ProvisionedThroughputExceededException.class)
                .hasMessageContaining(RATE_EXCEEDED);

        // A replay that sets the date gets no more than anyone else, a test that lets time pass does.
        endpoint.kinesis().clock().set(Instant.parse("2031-01-01T00:00:00Z"));
        assertThatThrownBy(this::putLarge).isInstanceOf(ProvisionedThroughputExceededException.class);
        endpoint.kinesis().clock().advance(Duration.ofSeconds(1));
        putLarge();
    }

    private void putLarge() {
        endpoint.clicks().put("a", "x".repeat(1_000_000));
    }

    @Test
    void records_overAThousandASecond_failToo() {
        List<PutRecordsRequestEntry> entries = Collections.nCopies(400, Calls.entry("a", "x"));
        assertThat(put(entries).failedRecordCount()).isZero();
        assertThat(put(entries).failedRecordCount()).isZero();
        assertThat(put(entries).failedRecordCount()).isEqualTo(200);
        endpoint.kinesis().clock().advance(Duration.ofMillis(100));
        assertThat(put(entries).failedRecordCount()).isEqualTo(300);
    }
}
