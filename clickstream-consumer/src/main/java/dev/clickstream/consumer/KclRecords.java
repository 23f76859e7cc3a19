package dev.clickstream.consumer;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * KCL's records as ours. An aggregate of which a record falls outside the shard is dropped whole, as KCL does: its
 * producer has sent it again after a split. KCL judges it only while it has the shard cached, and would judge otherwise
 * when it reads again; here the range is known from the lease. Not thread-safe: there is one per shard.
 */
final class KclRecords {
    /** The reason of a record that KCL, too, would not have handed over. */
    static final String OUTSIDE_SHARD = "Aggregate.OutsideShard";

    /** The code of an aggregate that cannot be taken apart. */
    static final String BROKEN_AGGREGATE = "Aggregate.Broken";

    private static final Outcome BROKEN =
            new Outcome.Failed(BROKEN_AGGREGATE, "The aggregated record cannot be taken apart");
    private static final Outcome OUTSIDE = new Outcome.Dropped(OUTSIDE_SHARD);

    private final String shardId;
    private final @Nullable HashKeyRangeForLease range;

    KclRecords(String shardId, @Nullable HashKeyRangeForLease range) {
        this.shardId = shardId;
        this.range = range;
    }

    List<Intake> of(List<KinesisClientRecord> records) {
        List<Intake> intakes = new ArrayList<>(records.size());
        int end;
        for (int start = 0; start < records.size(); start = end) {
            end = endOfAggregate(records, start);
            Outcome decided = decided(records.subList(start, end));
            for (KinesisClientRecord record : records.subList(start, end)) {
                intakes.add(new Intake(streamRecord(record), decided));
            }
        }
        return intakes;
    }

    /** Records that were read without KCL, as a worker would see them: without what is another shard's. */
    static List<StreamRecord> of(Shard shard, List<Record> records) {
        HashKeyRangeForLease range = HashKeyRangeForLease.fromHashKeyRange(shard.hashKeyRange());
        List<KinesisClientRecord> read =
                records.stream().map(KinesisClientRecord::fromRecord).toList();
        List<KinesisClientRecord> apart =
                new GuardedAggregator().deaggregate(read, range.startingHashKey(), range.endingHashKey());
        return new KclRecords(shard.shardId(), range)
                .of(apart).stream()
                        .filter(intake -> !OUTSIDE.equals(intake.decided()))
                        .map(Intake::record)
                        .toList();
    }

    private static int endOfAggregate(List<KinesisClientRecord> records, int start) {
        int end = start + 1;
        String sequenceNumber = records.get(start).sequenceNumber();
        while (end < records.size() && records.get(end).sequenceNumber().equals(sequenceNumber)) {
            end++;
        }
        return end;
    }

    private @Nullable Outcome decided(List<KinesisClientRecord> aggregate) {
        if (aggregate.get(0) instanceof GuardedAggregator.Broken) {
            return BROKEN;
        }
        return range != null && aggregate.stream().anyMatch(record -> record.aggregated() && isOutside(record, range))
                ? OUTSIDE
                : null;
    }

    private static boolean isOutside(KinesisClientRecord record, HashKeyRangeForLease range) {
        BigInteger hash = record.explicitHashKey() != null
                ? new BigInteger(record.explicitHashKey())
                : new BigInteger(1, md5(record.partitionKey()));
        return hash.compareTo(range.startingHashKey()) < 0 || hash.compareTo(range.endingHashKey()) > 0;
    }

    private static byte[] md5(String partitionKey) {
        try {
            return MessageDigest.getInstance("MD5").digest(partitionKey.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    private StreamRecord streamRecord(KinesisClientRecord record) {
        Instant arrival = record.approximateArrivalTimestamp();
        return new StreamRecord(
                shardId,
                record.sequenceNumber(),
                record.subSequenceNumber(),
                record.partitionKey(),
                arrival == null ? Instant.EPOCH : arrival,
                bytes(record.data()));
    }

    /** A copy of what is between the buffer's beginning and its limit, wherever somebody has read it to. */
    static byte[] bytes(ByteBuffer data) {
        ByteBuffer all = data.duplicate().rewind();
        byte[] bytes = new byte[all.remaining()];
        all.get(bytes);
        return bytes;
    }
}
