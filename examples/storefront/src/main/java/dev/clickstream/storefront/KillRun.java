package dev.clickstream.storefront;

import dev.clickstream.local.aws.FaultyProxy;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.QuickKcl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Workers in processes of their own are disturbed three times at random moments while records flow and the stream goes from
 * two shards to four and back, and Kinesis, the lease table or S3 may misbehave. At the end every record of the stream must
 * be in the objects, once, under the hour of its arrival and in order. What is random follows the seed; when a process is
 * scheduled does not.
 */
final class KillRun {

    private static final int RECORDS = 6_000;
    private static final int HOURS = 1;
    private static final Duration PLAYED_IN = Duration.ofSeconds(20);
    private static final int TIMES = 3;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    /** S3 takes that long for an object, at most, when it is well. */
    private static final Duration S3_LATENCY = Duration.ofMillis(60);

    /** Of all versions of workers. */
    private static final String PREFIX =
            KillRunWorkers.prefix("!{partitionKeyFromLambda:version}") + "!{timestamp:yyyy/MM/dd/HH}/";

    private final long seed;
    private final String fault;
    private final Disruption disruption;
    private final LocalAws aws;
    private final FaultyProxy table;
    private final FaultyProxy store;
    private final Path bucket;
    private final ObjectFolder objects;
    private final LeaseTable leases;
    private final KillRunWorkers workers;

    private KillRun(
            long seed,
            String fault,
            Disruption disruption,
            Path directory,
            LocalAws aws,
            FaultyProxy table,
            FaultyProxy store) {
        this.seed = seed;
        this.fault = fault;
        this.disruption = disruption;
        this.aws = aws;
        this.table = table;
        this.store = store;
        this.bucket = aws.directory().resolve(Replay.BUCKET);
        this.objects = new ObjectFolder(bucket.resolve("clicks"));
        this.leases = new LeaseTable(aws.clients().dynamoDb(), Replay.APPLICATION);
        this.workers = new KillRunWorkers(
                new WorkerProcess.Endpoints(aws.kinesisEndpoint(), table.endpoint(), store.endpoint()),
                disruption,
                new Random(seed),
                objects,
                leases,
                directory);
    }

    /**
     * Runs it, with everything that it writes in a directory that exists.
     *
     * @param fault one of {@link KillRunFaults}
     * @param disruption what happens to workers
     */
    static KillRunFindings run(long seed, String fault, Disruption disruption, Path directory)
            throws IOException, InterruptedException, SQLException {
        try (LocalAws aws = LocalAws.builder().directory(directory).start();
                FaultyProxy table = FaultyProxy.inFrontOf(aws.dynamoDbEndpoint());
                FaultyProxy store = FaultyProxy.inFrontOf(aws.s3Endpoint())) {
            return new KillRun(seed, fault, disruption, directory, aws, table, store).run();
        }
    }

    private KillRunFindings run() throws IOException, InterruptedException, SQLException {
        Instant begin = WallClock.now();
        prepare();
        GeneratedShop shop = GeneratedShop.generate(seed, RECORDS, HOURS, false);
        double speed = (double) Duration.ofHours(HOURS).toMillis() / PLAYED_IN.toMillis();
        Player player =
                new Player(aws.clients().kinesis(), Replay.STREAM, aws.kinesis().clock(), speed, seed);
        CompletableFuture<Void> playing = CompletableFuture.runAsync(
                () -> player.play(new FlowingLines(shop.lines(), TIMES, workers::disturbed)));
        CompletableFuture<Void> resharding = CompletableFuture.runAsync(this::reshard);
        try (workers) {
            workers.start();
            for (int i = 0; i < TIMES; i++) {
                workers.disturb();
            }
            playing.join();
            resharding.join();
            long met = faultsMet();
            endFaults();
            Map<String, Integer> stream = StreamContents.requests(aws.clients().kinesis(), Replay.STREAM);
            awaitDrained(sum(stream));
            workers.stop();
            return compare(shop, stream, met, begin);
        }
    }

    private void prepare() {
        var clients = aws.clients();
        Replay.createStream(clients.kinesis(), Replay.STREAM, Replay.SHARDS);
        clients.s3().createBucket(b -> b.bucket(Replay.BUCKET));
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), Replay.APPLICATION, Replay.STREAM);
        aws.kinesis().faults(seed, KillRunFaults.named(fault));
        store.latency(S3_LATENCY);
        KillRunFaults.apply(fault, seed, table, store);
    }

    private long faultsMet() {
        long ofKinesis =
                aws.kinesis().faultsMet().stream().mapToLong(Long::longValue).sum();
        return ofKinesis + table.met() + store.met();
    }

    private void endFaults() {
        aws.kinesis().faults(seed);
        table.faults(seed, 0);
        store.faults(seed, 0);
        WallClock.pause(KillRunFaults.LATEST);
    }

    /** Two shards to four in the first half, and back in the second; moments of its own, as it is a thread of its own. */
    private void reshard() {
        Random moments = new Random(seed + 1);
        Resharding stream = new Resharding(aws.clients().kinesis(), Replay.STREAM);
        WallClock.pause(Duration.ofMillis(2_000 + moments.nextInt(8_000)));
        stream.splitAll();
        WallClock.pause(Duration.ofMillis(4_000 + moments.nextInt(8_000)));
        stream.mergePairs();
    }

    /** Rows are counted only when nothing moves: reading all objects takes its time. */
    private void awaitDrained(long records) {
        Instant begin = WallClock.now();
        int before = -1;
        while (WallClock.since(begin).compareTo(DRAINED_WITHIN) < 0) {
            int there = objects.list().size();
            if (there == before && !leases.isBatchPending() && DeliveredRows.count(objects) >= records) {
                return;
            }
            before = there;
            if (!workers.areRunning()) {
                throw new IllegalStateException("a worker ended by itself, its log is in " + aws.directory());
            }
            WallClock.pause(BETWEEN_LOOKS);
        }
    }

    private static long sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private KillRunFindings compare(GeneratedShop shop, Map<String, Integer> stream, long met, Instant begin)
            throws IOException, SQLException {
        long neverPut = shop.lines().stream()
                .filter(line -> !stream.containsKey(line.requestId()))
                .count();
        objects.removeUnfinished();
        SecondOpinion audit = SecondOpinion.of(bucket, PREFIX, aws.clients().kinesis(), Replay.STREAM, 0);
        try (DeliveredRows rows = DeliveredRows.open(objects)) {
            Compared compared = Compared.of(rows.requests(), stream);
            return new KillRunFindings(
                    seed,
                    fault,
                    met,
                    disruption,
                    sum(stream),
                    compared.missing + neverPut,
                    compared.twice,
                    compared.unknown,
                    rows.ofTheSamePlace(),
                    rows.underAnotherHour(),
                    rows.outOfOrder(),
                    audit.isClean(),
                    audit.text(),
                    objects.list().size(),
                    workers.disturbedAt(),
                    workers.disturbedWhilePending(),
                    WallClock.since(begin));
        }
    }

    /** Requests of rows against those of the stream, each as often as it is there. */
    private record Compared(long missing, long twice, long unknown) {
        static Compared of(List<String> rows, Map<String, Integer> stream) {
            Map<String, Integer> rest = new HashMap<>(stream);
            long twice = 0;
            long unknown = 0;
            for (String request : rows) {
                Integer left = rest.get(request);
                if (left == null) {
                    unknown++;
                } else if (left == 0) {
                    twice++;
                } else {
                    rest.put(request, left - 1);
                }
            }
            return new Compared(sum(rest), twice, unknown);
        }
    }
}
