package dev.clickstream.local.kinesis;

import java.io.IOException;

/** How records look in answers. */
final class RecordShapes {

    private static final int BYTES_AROUND_RECORD = 160;
    private static final int MAX_SIZE_HINT = 16 * 1_048_576;

    private RecordShapes() {}

    static void write(AnswerWriter out, Shard shard, RecordRun run) throws IOException {
        out.list(
                "Records",
                () -> run.forEach((segment, position) -> out.structure(() -> {
                    out.field("SequenceNumber", shard.sequenceNumbers().at(position));
                    out.timestamp("ApproximateArrivalTimestamp", segment.arrival(position));
                    out.blob("Data", segment.bytes(), segment.dataOffset(position), segment.dataLength(position));
                    out.utf8("PartitionKey", segment.bytes(), segment.keyOffset(position), segment.keyLength(position));
                })));
    }

    /** At a shard's end only. */
    static void writeChildren(AnswerWriter out, Shard.Read read) throws IOException {
        Shard.Closing closing = read.closing();
        if (read.atShardEnd() && closing != null) {
            out.structures("ChildShards", closing.children(), child -> ShardShapes.writeChild(out, child));
        }
    }

    static int sizeHint(RecordRun run) {
        return (int) Math.min(MAX_SIZE_HINT, 1_024 + run.sizeBytes() + (long) BYTES_AROUND_RECORD * run.count());
    }
}
