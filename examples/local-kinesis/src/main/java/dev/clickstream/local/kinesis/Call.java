package dev.clickstream.local.kinesis;

import org.jspecify.annotations.Nullable;

/**
 * One call as faults and records of calls see it: what it asks of which stream and shard.
 *
 * @param action as permission policies name it, such as {@code kinesis:PutRecords}
 * @param stream a data stream's or delivery stream's name, null if the request names none
 * @param shard null if the request names none
 * @param records how many records it brings
 * @param bytes its body
 */
record Call(String action, @Nullable String stream, @Nullable String shard, int records, int bytes) {

    static Call of(String action, Fields request, int bytes) {
        String stream = first(request, "StreamName", "DeliveryStreamName");
        String arn = first(request, "StreamARN", "ResourceARN", "ConsumerARN");
        String shard = first(request, "ShardId", "ShardToSplit", "ShardToMerge");
        if (stream == null && arn != null) {
            stream = named(arn);
        }
        String iterator = text(request, "ShardIterator");
        if (iterator != null) {
            ShardIterator place = ShardIterator.parseOrNull(iterator);
            stream = place == null ? stream : place.streamName();
            shard = place == null ? shard : Shard.id(place.shardIndex());
        }
        return new Call(action, stream, shard, records(action, request), bytes);
    }

    private static int records(String action, Fields request) {
        return action.endsWith(":PutRecord") ? 1 : request.size("Records");
    }

    private static @Nullable String named(String arn) {
        try {
            return StreamNames.fromArn(arn);
        } catch (ApiException e) {
            return null; // the operation itself refuses it
        }
    }

    private static @Nullable String first(Fields request, String... names) {
        for (String name : names) {
            String value = text(request, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Null also if it is not text: the operation itself refuses that. */
    private static @Nullable String text(Fields request, String name) {
        try {
            return request.string(name);
        } catch (ApiException e) {
            return null;
        }
    }

    String operation() {
        return action.substring(action.indexOf(':') + 1);
    }
}
