package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** What concerns a stream as a whole: its life, its description, its retention, its tags. */
final class StreamOperations {

    private static final int MAX_SHARDS = 100_000;
    private static final int ON_DEMAND_SHARDS = 4;
    private static final int SHARD_LIMIT = 20_000;
    private static final int ON_DEMAND_STREAM_LIMIT = 50;
    private static final int MAX_RETENTION_HOURS = 8_760;
    private static final int MAX_DESCRIBED = 10_000;
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_TAGS_A_PAGE = 50;

    private final Account account;

    StreamOperations(Account account) {
        this.account = account;
    }

    Answer createStream(Fields request) {
        String name = request.string("StreamName");
        Integer shardCount = request.integer("ShardCount");
        Fields modeDetails = request.structure("StreamModeDetails");
        String mode = modeDetails == null ? "PROVISIONED" : modeDetails.string("StreamMode");
        new Constraints()
                .notNull(name, "streamName")
                .name(name, "streamName")
                .range(shardCount, "shardCount", 1, MAX_SHARDS)
                .oneOf(mode, "streamModeDetails.streamMode", Set.of("PROVISIONED", "ON_DEMAND"))
                .check();
        boolean onDemand = "ON_DEMAND".equals(mode);
        if (onDemand == (shardCount != null)) {
            throw ApiException.invalidArgument(
                    onDemand
                            ? "ShardCount cannot be specified for a stream in ON_DEMAND mode."
                            : "ShardCount must be specified for a stream in PROVISIONED mode.");
        }
        account.create(
                name == null ? "" : name,
                shardCount == null ? ON_DEMAND_SHARDS : shardCount,
                onDemand ? "ON_DEMAND" : "PROVISIONED");
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
        out.field("EncryptionType", "NONE");
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
        List<String> rest = new ArrayList<>(account.names().tailSet(start, false));
        List<String> page = rest.subList(0, Math.min(rest.size(), limit == null ? DEFAULT_PAGE : limit));
        boolean more = page.size() < rest.size();
        return out -> {
            out.strings("StreamNames", page);
            out.flag("HasMoreStreams", more);
            out.field("NextToken", more ? page.get(page.size() - 1) : null);
            out.structures("StreamSummaries", page, name -> writeSummary(out, name));
        };
    }

    private void writeSummary(AnswerWriter out, String name) throws IOException {
        out.field("StreamName", name);
        out.field("StreamARN", Account.arn(name));
        out.field("StreamStatus", "ACTIVE");
    }

    Answer increaseRetention(Fields request) {
        Stream stream = account.stream(StreamNames.of(request));
        int hours = retentionHours(request);
        if (hours < stream.retentionHours()) {
            throw ApiException.invalidArgument("Requested retention period (" + hours + " hours) for stream "
                    + stream.name() + " can not be shorter than existing retention period ("
                    + stream.retentionHours() + " hours). Use DecreaseRetentionPeriod API.");
        }
        stream.retentionHours(hours);
        return Answer.EMPTY;
    }

    Answer decreaseRetention(Fields request) {
        Stream stream = account.stream(StreamNames.of(request));
        int hours = retentionHours(request);
        if (hours > stream.retentionHours()) {
            throw ApiException.invalidArgument("Requested retention period (" + hours + " hours) for stream "
                    + stream.name() + " can not be longer than existing retention period (" + stream.retentionHours()
                    + " hours). Use IncreaseRetentionPeriod API.");
        }
        stream.retentionHours(hours);
        return Answer.EMPTY;
    }

    private static int retentionHours(Fields request) {
        Integer hours = request.integer("RetentionPeriodHours");
        new Constraints().notNull(hours, "retentionPeriodHours").check();
        if (hours == null || hours < Stream.DEFAULT_RETENTION_HOURS) {
            throw ApiException.invalidArgument("Minimum allowed retention period is " + Stream.DEFAULT_RETENTION_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too short.");
        }
        if (hours > MAX_RETENTION_HOURS) {
            throw ApiException.invalidArgument("Maximum allowed retention period is " + MAX_RETENTION_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too long.");
        }
        return hours;
    }

    Answer addTags(Fields request) {
        Map<String, String> tags = request.strings("Tags");
        new Constraints().notNull(tags, "tags").check();
        account.stream(StreamNames.of(request)).addTags(tags == null ? Map.of() : tags);
        return Answer.EMPTY;
    }

    Answer listTags(Fields request) {
        Integer limit = request.integer("Limit");
        String after = request.string("ExclusiveStartTagKey");
        new Constraints().range(limit, "limit", 1, MAX_TAGS_A_PAGE).check();
        NavigableMap<String, String> tags =
                account.stream(StreamNames.of(request)).tags();
        List<Map.Entry<String, String>> rest =
                List.copyOf((after == null ? tags : tags.tailMap(after, false)).entrySet());
        List<Map.Entry<String, String>> page =
                rest.subList(0, Math.min(rest.size(), limit == null ? MAX_TAGS_A_PAGE : limit));
        return out -> {
            out.structures("Tags", page, tag -> {
                out.field("Key", tag.getKey());
                out.field("Value", tag.getValue());
            });
            out.flag("HasMoreTags", page.size() < rest.size());
        };
    }
}
