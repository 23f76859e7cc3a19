package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.util.List;

/** How shards look in answers. */
final class ShardShapes {

    private ShardShapes() {}

    /** The API's Shard, as it was when the map was made. */
    static void write(AnswerWriter out, ShardMap shards, Shard shard) throws IOException {
        out.field("ShardId", shard.id());
        List<Shard> parents = shard.parents();
        if (!parents.isEmpty()) {
            out.field("ParentShardId", parents.get(0).id());
        }
        if (parents.size() > 1) {
            out.field("AdjacentParentShardId", parents.get(1).id());
        }
        writeRange(out, shard);
        SequenceNumbers numbers = shard.sequenceNumbers();
        boolean open = shards.isOpen(shard);
        out.structure("SequenceNumberRange", () -> {
            out.field("StartingSequenceNumber", numbers.at(SequenceNumbers.START));
            out.field("EndingSequenceNumber", open ? null : numbers.at(SequenceNumbers.END));
        });
    }

    /** The API's ChildShard. */
    static void writeChild(AnswerWriter out, Shard child) throws IOException {
        out.field("ShardId", child.id());
        out.strings("ParentShards", child.parents().stream().map(Shard::id).toList());
        writeRange(out, child);
    }

    private static void writeRange(AnswerWriter out, Shard shard) throws IOException {
        out.structure("HashKeyRange", () -> {
            out.field("StartingHashKey", shard.range().start().toString());
            out.field("EndingHashKey", shard.range().end().toString());
        });
    }
}
