package dev.clickstream.benchmarks.producer;

import dev.clickstream.event.ClickEvent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Reads a whole stream as KCL does: how many events there are, and how many come before an earlier one of theirs. */
final class ReadBack {

    private final BitSet seen = new BitSet();
    private final Map<String, Integer> last = new HashMap<>();
    private final AggregatorUtil kcl = new AggregatorUtil();
    private int outOfOrder;
    private int again;

    static ReadBack of(KinesisAsyncClient client, String stream) {
        ReadBack back = new ReadBack();
        for (Shard shard : client.listShards(l -> l.streamName(stream)).join().shards()) {
            String iterator = client.getShardIterator(g -> g.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .join()
                    .shardIterator();
            while (iterator != null) {
                String at = iterator;
                GetRecordsResponse read =
                        client.getRecords(g -> g.shardIterator(at)).join();
                back.take(shard, read);
                iterator = read.records().isEmpty() ? null : read.nextShardIterator();
            }
        }
        return back;
    }

    private void take(Shard shard, GetRecordsResponse read) {
        List<KinesisClientRecord> records =
                read.records().stream().map(KinesisClientRecord::fromRecord).toList();
        for (KinesisClientRecord record : kcl.deaggregate(
                records,
                shard.hashKeyRange().startingHashKey(),
                shard.hashKeyRange().endingHashKey())) {
            byte[] data = new byte[record.data().remaining()];
            record.data().get(data);
            int number = Integer.parseInt(ClickEvent.fromJson(data).eventId());
            if (!seen.get(number)) {
                seen.set(number);
                Integer before = last.put(record.partitionKey(), number);
                outOfOrder += before != null && before > number ? 1 : 0;
            } else {
                again++;
            }
        }
    }

    int events() {
        return seen.cardinality();
    }

    /** Copies of events that were seen before. */
    int again() {
        return again;
    }

    int outOfOrder() {
        return outOfOrder;
    }
}
