package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class IteratorsIT {

    private static final String SHARD = "shardId-000000000000";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension
    final Endpoint endpoint = new Endpoint(1);

    @Test
    void eachType_startsWhereItSays() {
        Calls clicks = endpoint.clicks();
        endpoint.kinesis().clock().set(NOON);
        String first = clicks.put("k", "first").sequenceNumber();
        endpoint.kinesis().clock().set(NOON.plusSeconds(10));
        String second = clicks.put("k", "second").sequenceNumber();
        String latest = clicks.iterator(SHARD, ShardIteratorType.LATEST);
        clicks.put("k", "third");

        assertThat(clicks.data(clicks.iterator(SHARD, ShardIteratorType.TRIM_HORIZON)))
                .containsExactly("first", "second", "third");
        assertThat(clicks.data(latest)).containsExactly("third");
        assertThat(clicks.data(clicks.iterator(SHARD, ShardIteratorType.LATEST)))
                .isEmpty();
        assertThat(clicks.data(at(ShardIteratorType.AT_SEQUENCE_NUMBER, second)))
                .containsExactly("second", "third");
        assertThat(clicks.data(at(ShardIteratorType.AFTER_SEQUENCE_NUMBER, first)))
                .containsExactly("second", "third");
        assertThat(clicks.data(at(NOON.plusSeconds(1)))).containsExactly("second", "third");
        assertThat(clicks.data(at(NOON))).containsExactly("first", "second", "third");
        assertThat(clicks.data(at(NOON.minus(Duration.ofDays(1))))).hasSize(3);
    }

    private String at(ShardIteratorType type, String sequenceNumber) {
        return endpoint.clicks().iterator(SHARD, r -> r.shardIteratorType(type).startingSequenceNumber(sequenceNumber));
    }

    private String at(Instant timestamp) {
        return endpoint.clicks().iterator(SHARD, r -> r.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                .timestamp(timestamp));
    }

    @Test
    void startingSequenceNumber_ofTheShardItself_isTakenAsItsBeginning() {
        Calls clicks = endpoint.clicks();
        clicks.put("k", "first");
        String start = clicks.shards().get(0).sequenceNumberRange().startingSequenceNumber();
        assertThat(clicks.data(at(ShardIteratorType.AT_SEQUENCE_NUMBER, start))).containsExactly("first");
        assertThat(clicks.data(at(ShardIteratorType.AFTER_SEQUENCE_NUMBER, start)))
                .containsExactly("first");
    }

    @Test
    void limit_whenGiven_cutsTheAnswerAndTellsHowFarBehind() {
        Calls clicks = endpoint.clicks();
        endpoint.kinesis().clock().set(NOON);
        List.of("a", "b", "c").forEach(data -> clicks.put("k", data));
        endpoint.kinesis().clock().set(NOON.plusSeconds(30));

        String iterator = clicks.iterator(SHARD, ShardIteratorType.TRIM_HORIZON);
        GetRecordsResponse two =
                clicks.client().getRecords(r -> r.shardIterator(iterator).limit(2));
        assertThat(two.records()).hasSize(2);
        assertThat(two.millisBehindLatest()).isEqualTo(30_000);
        GetRecordsResponse rest = clicks.read(two.nextShardIterator());
        assertThat(rest.records()).hasSize(1);
        assertThat(rest.millisBehindLatest()).isZero();
    }

    @Test
    void answer_whenThereIsMore_holdsAtMostTenMebibytesOrTenThousandRecords() {
        Calls clicks = endpoint.clicks();
        for (int i = 0; i < 12; i++) {
            clicks.client().putRecords(r -> r.streamName("clicks").records(Calls.entry("k", new byte[1_000_000])));
        }
        GetRecordsResponse first = clicks.read(clicks.iterator(SHARD, ShardIteratorType.TRIM_HORIZON));
        assertThat(first.records()).hasSize(10);
        assertThat(first.millisBehindLatest()).isPositive();

        List<PutRecordsRequestEntry> small = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            small.add(Calls.entry("k", "x"));
        }
        String tip = clicks.iterator(SHARD, ShardIteratorType.LATEST);
        for (int i = 0; i < 21; i++) {
            clicks.client().putRecords(r -> r.streamName("clicks").records(small));
        }
        GetRecordsResponse many = clicks.read(tip);
        assertThat(many.records()).hasSize(10_000);
        assertThat(clicks.read(many.nextShardIterator()).records()).hasSize(500);
    }

    @Test
    void iterator_whenTheClockIsSet_staysValid_whenAdvancedExpires() {
        Calls clicks = endpoint.clicks();
        String iterator = clicks.iterator(SHARD, ShardIteratorType.TRIM_HORIZON);
        endpoint.kinesis().clock().set(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(clicks.read(iterator).records()).isEmpty();

        endpoint.kinesis().clock().advance(Duration.ofMinutes(6));
        assertThatThrownBy(() -> clicks.read(iterator))
                .isInstanceOf(ExpiredIteratorException.class)
                .hasMessageContaining("Iterator expired. The iterator was created at time ")
                .hasMessageContaining(" while right now it is Tue Jan 01 00:06:00 UTC 2030 which is further in the"
                        + " future than the tolerated delay of 300000 milliseconds.");
    }

    @Test
    void iterator_whenItCannotBe_saysWhy() {
        Calls clicks = endpoint.clicks();
        endpoint.kinesis().clock().set(NOON);
        assertThatThrownBy(() -> clicks.read("garbage"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Invalid ShardIterator.");
        assertThatThrownBy(() -> at(NOON.plusMillis(1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("The timestampInMillis parameter cannot be greater than the"
                        + " currentTimestampInMillis. timestampInMillis: 1772366400001, currentTimestampInMillis:"
                        + " 1772366400000");
        assertThatThrownBy(() -> clicks.iterator(SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
                        + " StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber."
                        + " Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber.");
        assertThatThrownBy(() -> at(ShardIteratorType.AT_SEQUENCE_NUMBER, "2"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("StartingSequenceNumber 2 used in GetShardIterator on shard " + SHARD
                        + " in stream clicks under account 000000000000 is invalid");
        assertThatThrownBy(() -> clicks.iterator("shardId-000000000007", ShardIteratorType.LATEST))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining(
                        "Shard shardId-000000000007 in stream clicks under account 000000000000 does" + " not exist");
        assertThatThrownBy(() -> clicks.iterator(SHARD, r -> r.shardIteratorType("SOMEWHERE")))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("1 validation error detected: Value 'SOMEWHERE' at 'shardIteratorType' failed"
                        + " to satisfy constraint: Member must satisfy enum value set: ");
    }

    @Test
    void iterator_ofADeletedStream_isGoneAlsoWhenItIsCreatedAgain() {
        Calls clicks = endpoint.clicks();
        String iterator = clicks.iterator(SHARD, ShardIteratorType.TRIM_HORIZON);
        clicks.client().deleteStream(r -> r.streamName("clicks"));
        clicks.client().createStream(r -> r.streamName("clicks").shardCount(1));
        assertThatThrownBy(() -> clicks.read(iterator)).isInstanceOf(ResourceNotFoundException.class);
    }
}
