package dev.clickstream.storefront;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Splits and merges a stream's shards. Blocks until the stream is active again. */
final class Resharding {

    private final KinesisAsyncClient kinesis;
    private final String streamName;

    Resharding(KinesisAsyncClient kinesis, String streamName) {
        this.kinesis = kinesis;
        this.streamName = streamName;
    }

    /** Splits every open shard in the middle. */
    void splitAll() {
        open().forEach(this::split);
    }

    /** Splits the open shard with the widest range in the middle, unless so many are open already. */
    void splitWidest(int mostShards) {
        List<Shard> open = open();
        if (open.size() < mostShards) {
            split(Collections.max(open, Comparator.comparing(Resharding::width)));
        }
    }

    private static BigInteger width(Shard shard) {
        return new BigInteger(shard.hashKeyRange().endingHashKey())
                .subtract(new BigInteger(shard.hashKeyRange().startingHashKey()));
    }

    private void split(Shard shard) {
        BigInteger middle = new BigInteger(shard.hashKeyRange().startingHashKey())
                .add(new BigInteger(shard.hashKeyRange().endingHashKey()))
                .shiftRight(1);
        unlessGone(() -> kinesis.splitShard(s ->
                        s.streamName(streamName).shardToSplit(shard.shardId()).newStartingHashKey(middle.toString()))
                .join());
        awaitActive();
    }

    /** Merges the first open shard with the second, the third with the fourth, and so on. */
    void mergePairs() {
        List<Shard> open = open();
        for (int i = 0; i + 1 < open.size(); i += 2) {
            String left = open.get(i).shardId();
            String right = open.get(i + 1).shardId();
            unlessGone(() -> kinesis.mergeShards(
                            m -> m.streamName(streamName).shardToMerge(left).adjacentShardToMerge(right))
                    .join());
            awaitActive();
        }
    }

    /** Somebody else may have split a shard since we looked, or be at it. */
    private static void unlessGone(Runnable reshard) {
        try {
            reshard.run();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof InvalidArgumentException || e.getCause() instanceof ResourceInUseException)) {
                throw e;
            }
        }
    }

    private List<Shard> open() {
        return shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .toList();
    }

    /**
     * All that the stream still lists, open and closed. The SDK repeats a failure three times, and what
     * LimitExceededException refused not at all.
     */
    List<Shard> shards() {
        while (true) {
            try {
                return kinesis.listShards(l -> l.streamName(streamName)).join().shards();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof KinesisException)) {
                    throw e;
                }
                WallClock.pause(Duration.ofMillis(50));
            }
        }
    }

    private void awaitActive() {
        while (kinesis.describeStreamSummary(d -> d.streamName(streamName))
                        .join()
                        .streamDescriptionSummary()
                        .streamStatus()
                != StreamStatus.ACTIVE) {
            WallClock.pause(Duration.ofMillis(20));
        }
    }
}
