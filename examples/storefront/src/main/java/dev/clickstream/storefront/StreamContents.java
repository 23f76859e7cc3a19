package dev.clickstream.storefront;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What a stream holds, read record by record and not through any worker: the measure of what was delivered. */
final class StreamContents {

    private static final int REQUEST_ID = GeneratedShop.FIELDS.indexOf("x-edge-request-id");
    private static final Duration BETWEEN_READS = Duration.ofMillis(250);

    private StreamContents() {}

    /** How many records of the stream each request has: more than one if a put was repeated after a lost answer. */
    static Map<String, Integer> requests(KinesisAsyncClient kinesis, String streamName) {
        Map<String, Integer> requests = new HashMap<>();
        for (Shard shard :
                kinesis.listShards(l -> l.streamName(streamName)).join().shards()) {
            String iterator = kinesis.getShardIterator(i -> i.streamName(streamName)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .join()
                    .shardIterator();
            while (iterator != null) {
                GetRecordsResponse read = read(kinesis, iterator);
                read.records().forEach(r -> requests.merge(requestId(r.data().asByteArray()), 1, Integer::sum));
                boolean caughtUp = read.records().isEmpty() && read.millisBehindLatest() == 0;
                iterator = caughtUp ? null : read.nextShardIterator();
            }
        }
        return requests;
    }

    /** Workers read beside us: their reads and ours share the shard's limit. */
    private static GetRecordsResponse read(KinesisAsyncClient kinesis, String iterator) {
        while (true) {
            try {
                return kinesis.getRecords(r -> r.shardIterator(iterator)).join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof ProvisionedThroughputExceededException)) {
                    throw e;
                }
                WallClock.pause(BETWEEN_READS);
            }
        }
    }

    private static String requestId(byte[] line) {
        return new String(line, StandardCharsets.UTF_8).split("\t", -1)[REQUEST_ID].strip();
    }
}
