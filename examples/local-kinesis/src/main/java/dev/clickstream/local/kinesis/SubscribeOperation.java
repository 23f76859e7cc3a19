package dev.clickstream.local.kinesis;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SubscribeToShard: its answer is a {@link Subscription}. */
final class SubscribeOperation {

    private static final Set<String> TYPES =
            Set.of("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP");

    private final Account account;

    SubscribeOperation(Account account) {
        this.account = account;
    }

    Answer subscribeToShard(Fields request) {
        String arn = request.string("ConsumerARN");
        String shardId = request.string("ShardId");
        Fields start = request.structure("StartingPosition");
        String type = start == null ? null : start.string("Type");
        String sequenceNumber = start == null ? null : start.string("SequenceNumber");
        Instant timestamp = start == null ? null : start.timestamp("Timestamp");
        new Constraints()
                .notNull(arn, "consumerARN")
                .notNull(shardId, "shardId")
                .name(shardId, "shardId")
                .notNull(start, "startingPosition")
                .notNull(type, "startingPosition.type")
                .oneOf(type, "startingPosition.type", TYPES)
                .check();
        String streamName = StreamNames.fromArn(orEmpty(arn));
        StreamConsumer consumer = account.consumer(streamName, orEmpty(arn));
        Stream stream = account.stream(streamName);
        Shard shard = stream.shard(orEmpty(shardId));
        if (shard == null) {
            throw ApiException.resourceNotFound("Shard " + shardId + " in stream " + stream.name() + " under account "
                    + Account.ID + " does not exist");
        }
        long position = new StartingPlace(stream, shard, account.clock())
                .position(orEmpty(type), sequenceNumber, timestamp, "SubscribeToShard");
        Subscription subscription = new Subscription(shard, position, account.clock());
        stream.consumers().subscribe(consumer, shard, subscription);
        return subscription;
    }

    private static String orEmpty(@Nullable String checked) {
        return checked == null ? "" : checked;
    }
}
