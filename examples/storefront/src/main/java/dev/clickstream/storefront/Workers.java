package dev.clickstream.storefront;

import dev.clickstream.cloudfront.ClickReader;
import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickReader.Result;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.local.aws.LocalClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What reads the stream: a thread per shard, until the library's worker takes its place. */
final class Workers implements AutoCloseable {

    /** What they read, and how. */
    record Job(
            String applicationName,
            String streamName,
            String bucket,
            List<String> fields,
            ClickRules rules,
            BotPolicy bots,
            Duration bufferingInterval) {}

    private final List<Thread> threads = new ArrayList<>();
    private Tally tally = Tally.NOTHING;
    private volatile boolean stopped;

    static Workers start(LocalClients clients, Job job, List<String> workerIds) {
        Workers workers = new Workers();
        for (Shard shard : clients.kinesis()
                .listShards(l -> l.streamName(job.streamName()))
                .join()
                .shards()) {
            Thread thread = new Thread(() -> workers.read(clients, job, shard), workerIds.get(0));
            thread.setDaemon(true);
            thread.start();
            workers.threads.add(thread);
        }
        return workers;
    }

    private void read(LocalClients clients, Job job, Shard shard) {
        ClickReader reader = new ClickReader(RealTimeLogFormat.of(job.fields()), job.rules(), job.bots(), "salt");
        String iterator = clients.kinesis()
                .getShardIterator(i -> i.streamName(job.streamName())
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .join()
                .shardIterator();
        while (!stopped && iterator != null) {
            String from = iterator;
            GetRecordsResponse response =
                    clients.kinesis().getRecords(g -> g.shardIterator(from)).join();
            deliver(clients, job, reader, response.records());
            WallClock.pause(job.bufferingInterval());
            iterator = response.nextShardIterator();
        }
    }

    private void deliver(LocalClients clients, Job job, ClickReader reader, List<Record> records) {
        DateTimeFormatter prefix = DateTimeFormatter.ofPattern("yyyy/MM/dd/HH").withZone(ZoneOffset.UTC);
        Map<String, ByteArrayOutputStream> objects = new TreeMap<>();
        long ok = 0;
        Map<String, Long> dropped = new TreeMap<>();
        Map<String, Long> failed = new TreeMap<>();
        for (Record one : records) {
            Instant arrival = one.approximateArrivalTimestamp();
            for (Result result : reader.read(one.data().asByteArray())) {
                if (result instanceof Result.Click click) {
                    ok++;
                    var lines = objects.computeIfAbsent(prefix.format(arrival), hour -> new ByteArrayOutputStream());
                    lines.writeBytes(click.event().toJson());
                    lines.write('\n');
                } else if (result instanceof Result.Dropped drop) {
                    dropped.merge(drop.rule(), 1L, Long::sum);
                } else if (result instanceof Result.Malformed malformed) {
                    failed.merge(malformed.code(), 1L, Long::sum);
                }
            }
        }
        objects.forEach((hour, lines) -> clients.s3()
                .putObject(
                        p -> p.bucket(job.bucket()).key("clicks/" + hour + "/" + UUID.randomUUID() + ".gz"),
                        RequestBody.fromBytes(gzip(lines.toByteArray()))));
        synchronized (this) {
            tally = tally.plus(new Tally(records.size(), ok, dropped, failed));
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(compressed.toByteArray());
    }

    /** What they have committed. */
    synchronized Tally tally() {
        return tally;
    }

    /** Closes them and counts what they have committed. */
    Tally stop() {
        stopped = true;
        return tally();
    }

    @Override
    public void close() {
        stop();
    }
}
