package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Five calls and two megabytes a second; time passes on the clock's elapsed time. */
class ReadLimitsIT {

    private static final String FIRST = "shardId-000000000000";

    private final KinesisClock clock = new KinesisClock(System::currentTimeMillis, () -> 0);

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(2, ThroughputLimits.ENFORCED, clock);

    private GetRecordsResponse read(String shard) {
        return endpoint.clicks().read(endpoint.clicks().iterator(shard, ShardIteratorType.TRIM_HORIZON));
    }

    @Test
    void sixthCallOfASecond_isRefused_ofThatShardOnly() {
        IntStream.range(0, 5).forEach(i -> read(FIRST));
        assertThatThrownBy(() -> read(FIRST))
                .isInstanceOf(ProvisionedThroughputExceededException.class)
                .hasMessageStartingWith("Rate exceeded for shard " + FIRST + " in stream clicks");
        read("shardId-000000000001");
        clock.advance(Duration.ofMillis(200));
        read(FIRST);
        assertThatThrownBy(() -> read(FIRST)).isInstanceOf(ProvisionedThroughputExceededException.class);
    }

    @Test
    void answerOfTenMegabytes_isFollowedByFiveSecondsOfNone() {
        String data = "x".repeat(1_000_000);
        IntStream.range(0, 11).forEach(i -> {
            endpoint.client().putRecord(r -> r.streamName("clicks")
                    .partitionKey("k")
                    .explicitHashKey("0")
                    .data(SdkBytes.fromUtf8String(data)));
            clock.advance(Duration.ofSeconds(1));
        });
        assertThat(read(FIRST).records()).hasSize(10);
        clock.advance(Duration.ofMillis(3_500));
        assertThatThrownBy(() -> read(FIRST)).isInstanceOf(ProvisionedThroughputExceededException.class);
        clock.advance(Duration.ofMillis(1_500));
        assertThat(read(FIRST).records()).hasSize(10);
    }
}
