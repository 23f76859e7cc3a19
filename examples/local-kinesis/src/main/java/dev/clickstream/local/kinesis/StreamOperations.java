package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A stream as a whole: its life and its description. */
final class StreamOperations {

    private static final int MAX_SHARDS = 100_000;
    private static final int ON_DEMAND_SHARDS = 4;
    private static final int SHARD_LIMIT = 20_000;
    private static final int ON_DEMAND_STREAM_LIMIT = 50;
    private static final int MAX_DESCRIBED = 10_000;
    private static final int DEFAULT_PAGE = 100;

    private final Account account;

    StreamOperations(Account account) {
        this.account = account;
    }

    Answer createStream(Fields request) {
        String name = request.string("StreamName");
        Integer shardCount = request.integer("ShardCount");
        Fields modeDetails = request.structure("StreamModeDetails");
        String mode = modeDetails == null ? Stream.PROVISIONED : modeDetails.string("StreamMode");
        Integer maxRecordKib = request.integer("MaxRecordSizeInKiB");
        Map<String, String> tags = request.strings("Tags");
        new Constraints()
                .notNull(name, "streamName")
                .name(name, "streamName")
                .range(shardCount, "shardCount", 1, MAX_SHARDS)
                .oneOf(mode, "streamModeDetails.streamMode", StreamSettings.MODES)
                .range(maxRecordKib, "maxRecordSizeInKiB", StreamSettings.MIN_RECORD_KIB, StreamSettings.MAX_RECORD_KIB)
                .tags(tags, "tags")
                .check();
        StreamSettings.checkCharacters(tags == null ? Map.of() : tags);
        boolean onDemand = Stream.ON_DEMAND.equals(mode);
        if (onDemand == (shardCount != null)) {
            throw ApiException.invalidArgument(
                    onDemand
                            ? "ShardCount cannot be specified for a stream in ON_DEMAND mode."
                            : "ShardCount must be specified for a stream in PROVISIONED mode.");
        }
        account.create(
                        name == null ? "" : name,
                        shardCount == null ? ON_DEMAND_SHARDS : shardCount,
                        onDemand ? Stream.ON_DEMAND : Stream.PROVISIONED,
                        maxRecordKib == null ? Stream.DEFAULT_MAX_RECORD_KIB : maxRecordKib)
                .addTags(tags == null ? Map.of() : tags);
        return Answer.EMPTY;
    }

    Answer deleteStream(Fields request) {
        String name = StreamNames.of(request);
        boolean enforced = Boolean.TRUE.equals(request.bool("EnforceConsumerDeletion"));
        if (!enforced && !account.stream(name).consumers().all().isEmpty()) {
            throw ApiException.resourceInUse("Stream " + name + " under account " + Account.ID
                    + " has consumers registered: deregister them, or set EnforceConsumerDeletion.");
        }
        account.delete(name);
        return Answer.EMPTY;
    }

    Answer describeStream(Fields request) {
        Integer limit = request.integer("Limit");
        String after = request.string("ExclusiveStartShardId");
        new Constraints()
                .range(limit, "limit", 1, MAX_DESCRIBED)
                .name(after, "exclusiveStartShardId")
                .check();
        Stream stream = account.stream(StreamNames.of(request));
        ShardMap shards = stream.shards();
        List<Shard> rest = shards.all().stream()
                .filter(shard -> !shard.isGone())
                .filter(shard -> after == null || shard.id().compareTo(after) > 0)
                .toList();
        List<Shard> page = rest.subList(0, Math.min(rest.size(), limit == null ? DEFAULT_PAGE : limit));
        return out -> out.structure("StreamDescription", () -> {
            writeDescription(out, stream);
            out.structures("Shards", page, shard -> ShardShapes.write(out, shards, shard));
            out.flag("HasMoreShards", page.size() < rest.size());
        });
    }

    Answer describeStreamSummary(Fields request) {
        Stream stream = account.stream(StreamNames.of(request));
        return out -> out.structure("StreamDescriptionSummary", () -> {
            writeDescription(out, stream);
            out.field("OpenShardCount", stream.shards().openCount());
            out.field("MaxRecordSizeInKiB", stream.maxRecordBytes() / 1_024);
            out.field("ConsumerCount", stream.consumers().all().size());
        });
    }

    private static void writeDescription(AnswerWriter out, Stream stream) throws IOException {
        out.field("StreamName", stream.name());
        out.field("StreamARN", stream.arn());
        out.field("StreamStatus", "ACTIVE");
        out.structure("StreamModeDetails", () -> out.field("StreamMode", stream.mode()));
        out.field("RetentionPeriodHours", stream.retentionHours());
        out.timestamp("StreamCreationTimestamp", stream.createdAtMillis());
        out.list("EnhancedMonitoring", () -> out.structure(() -> out.strings("ShardLevelMetrics", List.of())));
        String key = stream.encryptionKey();
        out.field("EncryptionType", key == null ? "NONE" : "KMS");
        out.field("KeyId", key);
    }

    Answer describeLimits(Fields request) {
        int open = account.openShards();
        return out -> {
            out.field("ShardLimit", SHARD_LIMIT);
            out.field("OpenShardCount", open);
            out.field("OnDemandStreamCount", account.onDemandStreams());
            out.field("OnDemandStreamCountLimit", ON_DEMAND_STREAM_LIMIT);
        };
    }

    Answer listStreams(Fields request) {
        Integer limit = request.integer("Limit");
        String after = request.string("ExclusiveStartStreamName");
        String token = request.string("NextToken");
        new Constraints()
                .range(limit, "limit", 1, MAX_DESCRIBED)
                .name(after, "exclusiveStartStreamName")
                .check();
        String start = token != null ? token : after == null ? "" : after;
        List<Stream> rest = account.streamsAfter(start);
        List<Stream> page = rest.subList(0, Math.min(rest.size(), limit == null ? DEFAULT_PAGE : limit));
        boolean more = page.size() < rest.size();
        return out -> {
            out.strings("StreamNames", page.stream().map(Stream::name).toList());
            out.flag("HasMoreStreams", more);
            out.field("NextToken", more ? page.get(page.size() - 1).name() : null);
            out.structures("StreamSummaries", page, stream -> writeSummary(out, stream));
        };
    }

    private static void writeSummary(AnswerWriter out, Stream stream) throws IOException {
        out.field("StreamName", stream.name());
        out.field("StreamARN", stream.arn());
        out.field("StreamStatus", "ACTIVE");
        out.structure("StreamModeDetails", () -> out.field("StreamMode", stream.mode()));
        out.timestamp("StreamCreationTimestamp", stream.createdAtMillis());
    }
}
