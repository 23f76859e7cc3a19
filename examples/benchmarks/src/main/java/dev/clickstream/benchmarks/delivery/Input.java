package dev.clickstream.benchmarks.delivery;

import dev.clickstream.benchmarks.log.LogRecords;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.DeliveryReport;
import dev.clickstream.producer.PartitionKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** What is put into streams, evenly over their shards. */
enum Input {

    /** Records of CloudFront's real-time log, 45 fields, each a Kinesis record. */
    LOG {
        @Override
        void put(KinesisAsyncClient kinesis, String stream, int records) {
            List<byte[]> lines = LogRecords.lines();
            List<PutRecordsRequestEntry> entries = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                byte[] line = lines.get(i % lines.size());
                entries.add(PutRecordsRequestEntry.builder()
                        .partitionKey(Integer.toString(i))
                        .data(SdkBytes.fromByteArrayUnsafe(withoutNewline(line)))
                        .build());
                if (entries.size() == REQUEST_RECORDS || i == records - 1) {
                    kinesis.putRecords(r -> r.streamName(stream).records(entries))
                            .join();
                    entries.clear();
                }
            }
        }
    },

    /** Clicks as JSON, many to a Kinesis record, as the KPL packs them. */
    CLICKS {
        @Override
        void put(KinesisAsyncClient kinesis, String stream, int records) {
            ClickstreamProducer producer = producer(kinesis, stream);
            Clicks clicks = new Clicks(records);
            for (int i = 0; i < records; i++) {
                var unused = producer.send(clicks.next(new UUID(i, i * 0x9E3779B97F4A7C15L).toString()));
            }
            DeliveryReport report = producer.close(Duration.ofMinutes(2));
            if (report.delivered() != records) {
                throw new IllegalStateException(report.toString());
            }
        }
    };

    private static final int REQUEST_RECORDS = 500;

    /** Returns when all are in the stream. */
    abstract void put(KinesisAsyncClient kinesis, String stream, int records);

    static ClickstreamProducer producer(KinesisAsyncClient kinesis, String stream) {
        return ClickstreamProducer.builder(kinesis, stream)
                .partitionKey(PartitionKeys.SPREAD)
                .shardBytesPerSecond(Integer.MAX_VALUE)
                .maxBlock(Duration.ofMinutes(1))
                .build();
    }

    private static byte[] withoutNewline(byte[] line) {
        return line[line.length - 1] == '\n' ? Arrays.copyOf(line, line.length - 1) : line;
    }
}
