package dev.clickstream.storefront;

import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.QuickKcl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One worker in a process of its own is killed three times at random moments and started again, while records flow and
 * the stream goes from two shards to four and back. At the end every record must be in the objects, once. What is random
 * follows the seed; when a process is scheduled does not.
 */
final class KillRun {

    private static final int RECORDS = 8_000;
    private static final int HOURS = 2;
    private static final Duration PLAYED_IN = Duration.ofSeconds(26);
    private static final int KILLS = 3;
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(12);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(60);

    private final long seed;
    private final Random random;
    private final Path directory;
    private final LocalAws aws;
    private final Duration bufferingInterval;
    private final ObjectFolder objects;
    private final List<Integer> killedAt = new ArrayList<>();
    private int started;
    private int killedWhilePending;

    private KillRun(long seed, Path directory, LocalAws aws) {
        this.seed = seed;
        this.random = new Random(seed);
        this.directory = directory;
        this.aws = aws;
        this.bufferingInterval = Duration.ofMillis(300 + random.nextInt(700));
        this.objects = new ObjectFolder(aws.directory().resolve(Replay.BUCKET).resolve("clicks"));
    }

    /**
     * What a run found.
     *
     * @param seed that made it
     * @param records that went in
     * @param missing records that are in no object
     * @param twice records that are in the objects more than once
     * @param unknown records in the objects that never went in
     * @param objects how many there are
     * @param killedAt how many there were at each kill
     * @param killedWhilePending how many kills left a batch prepared and not committed
     * @param took all of it
     */
    record Found(
            long seed,
            long records,
            long missing,
            long twice,
            long unknown,
            int objects,
            List<Integer> killedAt,
            int killedWhilePending,
            Duration took) {

        boolean passed() {
            return missing == 0 && twice == 0 && unknown == 0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "seed %d: %s, %d records, %d missing, %d more than once, %d unknown, %d objects, killed at %s, "
                            + "%d times with a batch pending, %.1f s",
                    seed,
                    passed() ? "passed" : "FAILED",
                    records,
                    missing,
                    twice,
                    unknown,
                    objects,
                    killedAt,
                    killedWhilePending,
                    took.toMillis() / 1000.0);
        }
    }

    /** Runs it, with everything that it writes in a directory that exists. */
    static Found run(long seed, Path directory) throws IOException, InterruptedException, SQLException {
        try (LocalAws aws = LocalAws.builder().directory(directory).start()) {
            return new KillRun(seed, directory, aws).run();
        }
    }

    private Found run() throws IOException, InterruptedException, SQLException {
        Instant begin = WallClock.now();
        var clients = aws.clients();
        Replay.createStream(clients.kinesis(), Replay.STREAM, Replay.SHARDS);
        clients.s3().createBucket(b -> b.bucket(Replay.BUCKET));
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), Replay.APPLICATION, Replay.STREAM);
        GeneratedShop shop = GeneratedShop.generate(seed, RECORDS, HOURS, false);
        double speed = (double) Duration.ofHours(HOURS).toMillis() / PLAYED_IN.toMillis();
        Player player =
                new Player(clients.kinesis(), Replay.STREAM, aws.kinesis().clock(), speed, seed);
        CompletableFuture<Void> playing =
                CompletableFuture.runAsync(() -> player.play(shop.lines().iterator()));
        CompletableFuture<Void> resharding = CompletableFuture.runAsync(this::reshard);
        Process worker = startWorker();
        try {
            worker = killAndRestart(worker);
            playing.join();
            resharding.join();
            awaitDrained(worker, player.records());
            worker.getOutputStream().close();
            worker.waitFor(20, TimeUnit.SECONDS);
        } finally {
            worker.destroyForcibly().waitFor();
        }
        return compare(shop, begin);
    }

    private Process killAndRestart(Process first) throws IOException, InterruptedException {
        Process worker = first;
        for (int i = 0; i < KILLS; i++) {
            awaitMoment(worker);
            killedAt.add(objects.list().size());
            // SIGKILL where there are signals.
            worker.destroyForcibly().waitFor();
            if (isBatchPending()) {
                killedWhilePending++;
            }
            worker = startWorker();
        }
        return worker;
    }

    private boolean isBatchPending() {
        return aws
                .clients()
                .dynamoDb()
                .scan(leases -> leases.tableName(Replay.APPLICATION).consistentRead(true))
                .join()
                .items()
                .stream()
                .anyMatch(lease -> lease.containsKey("pendingCheckpoint"));
    }

    /** Half of the time while a batch is on its way into the sink, else at any time, also while it starts. */
    private void awaitMoment(Process worker) throws InterruptedException {
        if (random.nextBoolean()) {
            Instant begin = WallClock.now();
            while (!isBatchPending() && WallClock.since(begin).compareTo(STARTED_WITHIN) < 0) {
                worker.waitFor(2, TimeUnit.MILLISECONDS);
            }
            worker.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
        } else {
            worker.waitFor(500 + random.nextInt(9_000), TimeUnit.MILLISECONDS);
        }
    }

    /** Under a new name or under the old one, as services do. */
    private Process startWorker() throws IOException {
        if (started == 0 || random.nextBoolean()) {
            started++;
        }
        return WorkerProcess.start(aws, "worker-" + started, bufferingInterval, directory.resolve("worker.log"));
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

    private void awaitDrained(Process worker, long records) throws InterruptedException, SQLException {
        Instant begin = WallClock.now();
        while (WallClock.since(begin).compareTo(DRAINED_WITHIN) < 0) {
            try (Dashboard dashboard = Dashboard.open(objects)) {
                if (dashboard.clicks() >= records) {
                    return;
                }
            }
            if (worker.waitFor(300, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "seed " + seed + ": the worker ended by itself, its log is in " + directory);
            }
        }
    }

    private Found compare(GeneratedShop shop, Instant begin) throws SQLException {
        Set<String> missing = new HashSet<>();
        shop.lines().forEach(line -> missing.add(line.requestId()));
        Set<String> all = Set.copyOf(missing);
        Set<String> twice = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        try (Dashboard dashboard = Dashboard.open(objects)) {
            for (String request : dashboard.requests()) {
                if (!all.contains(request)) {
                    unknown.add(request);
                } else if (!missing.remove(request)) {
                    twice.add(request);
                }
            }
        }
        return new Found(
                seed,
                all.size(),
                missing.size(),
                twice.size(),
                unknown.size(),
                objects.list().size(),
                killedAt,
                killedWhilePending,
                WallClock.since(begin));
    }
}
