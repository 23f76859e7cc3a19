package dev.clickstream.local.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ListShards, SplitShard, MergeShards and UpdateShardCount. */
final class ShardOperations {

    private static final int MAX_PAGE = 10_000;
    /** Kinesis API reference, ListShards: "Tokens expire after 300 seconds" */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    private static final int MAX_SHARDS = 10_000;
    private static final int DEFAULT_PAGE = 1_000;
    private static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");
    private static final Set<String> FILTERS = Set.of(
            "AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP");

    private final Account account;

    ShardOperations(Account account) {
        this.account = account;
    }

    /** Where the next page of a listing goes on. The filter is part of it: a request with a token has none. */
    private record PageToken(
            long issuedNanos, String streamName, String afterShardId, String filter, String filterValue) {

        private static final int PARTS = 5;

        PageToken(String streamName, String afterShardId, String filter, String filterValue) {
            this(0, streamName, afterShardId, filter, filterValue);
        }

        String text() {
            String parts = String.join("/", Long.toString(issuedNanos), streamName, afterShardId, filter, filterValue);
            return Base64.getEncoder().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
        }

        static PageToken parse(String text) {
            try {
                String[] parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split("/", PARTS);
                if (parts.length == PARTS) {
                    return new PageToken(Long.parseLong(parts[0]), parts[1], parts[2], parts[3], parts[4]);
                }
            } catch (IllegalArgumentException e) {
                // Not base64, no number: the same answer as any other text.
            }
            throw ApiException.invalidArgument("NextToken is invalid.");
        }
    }

    Answer listShards(Fields request) {
        Integer maxResults = request.integer("MaxResults");
        new Constraints().range(maxResults, "maxResults", 1, MAX_PAGE).check();
        PageToken from = from(request);
        Stream stream = account.stream(from.streamName());
        ShardMap shards = stream.shards();
        Predicate<Shard> filter = filter(from, stream, shards);
        List<Shard> rest = shards.all().stream()
                .filter(shard -> shard.id().compareTo(from.afterShardId()) > 0)
                .filter(shard -> !shard.isGone())
                .filter(filter)
                .toList();
        int size = Math.min(rest.size(), maxResults == null ? DEFAULT_PAGE : maxResults);
        List<Shard> page = rest.subList(0, size);
        String nextToken = size == rest.size()
                ? null
                : new PageToken(
                                account.clock().elapsedNanos(),
                                stream.name(),
                                page.get(size - 1).id(),
                                from.filter(),
                                from.filterValue())
                        .text();
        return out -> {
            out.structures("Shards", page, shard -> ShardShapes.write(out, shards, shard));
            out.field("NextToken", nextToken);
        };
    }

    private PageToken refuseExpired(PageToken token) {
        Duration age = Duration.ofNanos(account.clock().elapsedNanos() - token.issuedNanos());
        if (age.compareTo(TOKEN_LIFE) > 0) {
            throw ApiException.of(
                    "ExpiredNextTokenException",
                    "The NextToken is " + age.toSeconds() + " seconds old; it lives " + TOKEN_LIFE.toSeconds() + ".");
        }
        return token;
    }

    private PageToken from(Fields request) {
        String token = request.string("NextToken");
        if (token != null) {
            if (request.string("StreamName") != null || request.string("StreamARN") != null) {
                throw ApiException.invalidArgument("NextToken and StreamName cannot be provided together.");
            }
            return refuseExpired(PageToken.parse(token));
        }
        if (request.string("StreamName") == null && request.string("StreamARN") == null) {
            throw ApiException.invalidArgument("Either NextToken or StreamName should be provided.");
        }
        String after = request.string("ExclusiveStartShardId");
        String streamName = StreamNames.of(request);
        Fields filter = request.structure("ShardFilter");
        if (filter == null) {
            return new PageToken(streamName, after == null ? "" : after, "FROM_TRIM_HORIZON", "");
        }
        String type = filter.string("Type");
        new Constraints()
                .notNull(type, "shardFilter.type")
                .oneOf(type, "shardFilter.type", FILTERS)
                .check();
        String shardId = filter.string("ShardId");
        Instant timestamp = filter.timestamp("Timestamp");
        String value = timestamp != null ? Long.toString(timestamp.toEpochMilli()) : shardId == null ? "" : shardId;
        return new PageToken(streamName, after == null ? "" : after, type == null ? "" : type, value);
    }

    private static Predicate<Shard> filter(PageToken from, Stream stream, ShardMap shards) {
        return switch (from.filter()) {
            case "AFTER_SHARD_ID" -> {
                String shardId = from.filterValue();
                if (shardId.isEmpty()) {
                    throw ApiException.invalidArgument("ShardId must be specified for filter type AFTER_SHARD_ID.");
                }
                yield shard -> shard.id().compareTo(shardId) > 0;
            }
            case "AT_LATEST" -> shards::isOpen;
            case "AT_TRIM_HORIZON" -> {
                long millis = stream.trimHorizon();
                yield shard -> wasThereAt(shard, millis) && !wasClosedAt(shards, shard, millis);
            }
            case "AT_TIMESTAMP" -> {
                long millis = millis(from);
                yield shard -> wasThereAt(shard, millis) && !wasClosedAt(shards, shard, millis);
            }
            case "FROM_TIMESTAMP" -> {
                long millis = millis(from);
                yield shard -> !wasClosedAt(shards, shard, millis);
            }
            default -> shard -> true;
        };
    }

    /** The shards that a stream began with count as there for any earlier time. */
    private static boolean wasThereAt(Shard shard, long millis) {
        return shard.parents().isEmpty() || shard.createdAtMillis() <= millis;
    }

    private static boolean wasClosedAt(ShardMap shards, Shard shard, long millis) {
        Shard.Closing closing = shards.isOpen(shard) ? null : shard.closing();
        return closing != null && closing.atMillis() <= millis;
    }

    private static long millis(PageToken from) {
        try {
            return Long.parseLong(from.filterValue());
        } catch (NumberFormatException e) {
            throw ApiException.invalidArgument("Timestamp must be specified for filter type " + from.filter() + ".");
        }
    }

    Answer splitShard(Fields request) {
        String streamName = StreamNames.of(request);
        String shardId = request.string("ShardToSplit");
        String newStart = request.string("NewStartingHashKey");
        new Constraints()
                .notNull(shardId, "shardToSplit")
                .name(shardId, "shardToSplit")
                .notNull(newStart, "newStartingHashKey")
                .pattern(newStart, "newStartingHashKey", HASH_KEY)
                .check();
        account.stream(streamName).split(orEmpty(shardId), new BigInteger(newStart == null ? "0" : newStart));
        return Answer.EMPTY;
    }

    Answer updateShardCount(Fields request) {
        String streamName = StreamNames.of(request);
        Integer target = request.integer("TargetShardCount");
        String type = request.string("ScalingType");
        new Constraints()
                .notNull(target, "targetShardCount")
                .range(target, "targetShardCount", 1, MAX_SHARDS)
                .notNull(type, "scalingType")
                .oneOf(type, "scalingType", Set.of("UNIFORM_SCALING"))
                .check();
        Stream stream = account.stream(streamName);
        if (stream.mode().equals(Stream.ON_DEMAND)) {
            throw ApiException.of(
                    "ValidationException",
                    "UpdateShardCount cannot be used on stream " + streamName + ", which is in ON_DEMAND mode.");
        }
        int current = stream.shards().openCount();
        int wanted = target == null ? current : target;
        checkScaling(current, wanted);
        stream.reshard(wanted);
        return out -> {
            out.field("StreamName", streamName);
            out.field("CurrentShardCount", current);
            out.field("TargetShardCount", wanted);
            out.field("StreamARN", stream.arn());
        };
    }

    private static void checkScaling(int current, int target) {
        String numbers = "your current open shard count. Current open shard count: " + current + " Target shard count: "
                + target;
        if (target > 2L * current) {
            throw ApiException.invalidArgument("UpdateShardCount cannot scale up over double " + numbers);
        }
        if (2L * target < current) {
            throw ApiException.invalidArgument("UpdateShardCount cannot scale down below half " + numbers);
        }
    }

    Answer mergeShards(Fields request) {
        String streamName = StreamNames.of(request);
        String shardId = request.string("ShardToMerge");
        String adjacent = request.string("AdjacentShardToMerge");
        new Constraints()
                .notNull(shardId, "shardToMerge")
                .name(shardId, "shardToMerge")
                .notNull(adjacent, "adjacentShardToMerge")
                .name(adjacent, "adjacentShardToMerge")
                .check();
        account.stream(streamName).merge(orEmpty(shardId), orEmpty(adjacent));
        return Answer.EMPTY;
    }

    private static String orEmpty(@Nullable String checked) {
        return checked == null ? "" : checked;
    }
}
