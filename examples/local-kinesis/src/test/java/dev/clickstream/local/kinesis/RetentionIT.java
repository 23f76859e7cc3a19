package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What the stream's retention takes away, on the clock's date. */
class RetentionIT {

    private static final Instant NOON = Instant.parse("2026-07-13T12:00:00Z");
    private static final String FIRST = "shardId-000000000000";

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(1);

    @BeforeEach
    void set() {
        at(Duration.ZERO);
    }

    private void at(Duration afterNoon) {
        endpoint.kinesis().clock().set(NOON.plus(afterNoon));
    }

    private List<String> fromHorizon(String shard) {
        return endpoint.clicks().data(endpoint.clicks().iterator(shard, ShardIteratorType.TRIM_HORIZON));
    }

    @Test
    void records_olderThanTheRetention_areGoneFromWhereverOneReads() {
        String first = endpoint.clicks().put("k", "old").sequenceNumber();
        String early = endpoint.clicks().iterator(FIRST, ShardIteratorType.TRIM_HORIZON);
        at(Duration.ofHours(1));
        endpoint.clicks().put("k", "young");

        at(Duration.ofHours(24));
        assertThat(fromHorizon(FIRST)).containsExactly("old", "young");
        at(Duration.ofHours(24).plusMillis(1));
        assertThat(fromHorizon(FIRST)).containsExactly("young");
        assertThat(endpoint.clicks().data(early)).containsExactly("young");
        assertThat(endpoint.clicks().data(endpoint.clicks().iterator(FIRST, r -> r.shardIteratorType(
                                ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(first))))
                .containsExactly("young");
        at(Duration.ofHours(26));
        assertThat(fromHorizon(FIRST)).isEmpty();
        endpoint.clicks().put("k", "new");
        assertThat(fromHorizon(FIRST)).containsExactly("new");
    }

    @Test
    void longerRetention_keepsThem_andAShorterOneTakesThem() {
        endpoint.clicks().put("k", "kept");
        endpoint.client()
                .increaseStreamRetentionPeriod(r -> r.streamName("clicks").retentionPeriodHours(168));
        at(Duration.ofDays(7));
        assertThat(fromHorizon(FIRST)).containsExactly("kept");
        endpoint.client()
                .decreaseStreamRetentionPeriod(r -> r.streamName("clicks").retentionPeriodHours(24));
        assertThat(fromHorizon(FIRST)).isEmpty();
    }

    @Test
    void manySegments_areFreed_andWhatIsLeftIsRight() {
        String block = "x".repeat(100_000);
        for (int hour = 0; hour < 60; hour++) {
            at(Duration.ofHours(hour));
            endpoint.clicks().put("k", hour + ":" + block);
        }
        assertThat(fromHorizon(FIRST)).hasSize(25).first().satisfies(data -> assertThat(data)
                .startsWith("35:"));
        assertThat(endpoint.clicks()
                        .data(endpoint.clicks().iterator(FIRST, r -> r.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(NOON))))
                .hasSize(25);
    }

    @Test
    void closedShards_goWithTheirLastRecords() {
        endpoint.clicks().put("k", "in the parent");
        at(Duration.ofHours(1));
        endpoint.clicks().split(FIRST, "170141183460469231731687303715884105728");
        at(Duration.ofHours(25));
        assertThat(endpoint.clicks().shards()).hasSize(3);
        assertThat(endpoint.client()
                        .listShards(
                                r -> r.streamName("clicks").shardFilter(f -> f.type(ShardFilterType.AT_TRIM_HORIZON)))
                        .shards())
                .extracting(Shard::shardId)
                .doesNotContain(FIRST);
        at(Duration.ofHours(25).plusMillis(1));
        assertThat(endpoint.clicks().shards())
                .extracting(Shard::shardId)
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThat(endpoint.client()
                        .describeStream(r -> r.streamName("clicks"))
                        .streamDescription()
                        .shards())
                .hasSize(2);
    }
}
