package dev.clickstream.storefront;

import dev.clickstream.local.aws.FaultyProxy;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.QuickKcl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A worker in a process of its own is killed, or frozen, three times at random moments while records flow and the stream
 * goes from two shards to four and back, and Kinesis, the lease table or S3 may misbehave. At the end every record of the
 * stream must be in the objects, once. What is random follows the seed; when a process is scheduled does not.
 */
final class KillRun {

    private static final int RECORDS = 8_000;
    private static final int HOURS = 2;
    private static final Duration PLAYED_IN = Duration.ofSeconds(26);
    private static final int TIMES = 3;
    private static final Duration AWAITED_AT_MOST = Duration.ofSeconds(10);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(60);

    private final long seed;
    private final String fault;
    private final Disruption disruption;
    private final Random random;
    private final Path directory;
    private final LocalAws aws;
    private final FaultyProxy table;
    private final FaultyProxy store;
    private final Duration bufferingInterval;
    private final ObjectFolder objects;
    private final List<Integer> killedAt = new ArrayList<>();
    private int started;
    private int processes;
    private int killedWhilePending;

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
        this.table = table;
        this.store = store;
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
     * @param fault that was made until the last record was played, and how many calls or entries met it
     * @param disruption what happened to workers
     * @param records that the stream holds in the end
     * @param missing records that are in no object, or never came into the stream
     * @param twice records that are in the objects more often than in the stream
     * @param unknown records in the objects that are not in the stream
     * @param objects how many there are
     * @param killedAt how many there were at each kill, or freeze
     * @param killedWhilePending how many of them left a batch prepared and not committed
     * @param took all of it
     */
    record Found(
            long seed,
            String fault,
            Disruption disruption,
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
                    "seed %d, fault %s: %s, %d records, %d missing, %d more than once, %d unknown, %d objects, %s at %s, "
                            + "%d times with a batch pending, %.1f s",
                    seed,
                    fault,
                    passed() ? "passed" : "FAILED",
                    records,
                    missing,
                    twice,
                    unknown,
                    objects,
                    disruption,
                    killedAt,
                    killedWhilePending,
                    took.toMillis() / 1000.0);
        }
    }

    /**
     * Runs it, with everything that it writes in a directory that exists.
     *
     * @param fault one of {@link KillRunFaults}
     * @param disruption what happens to workers
     */
    static Found run(long seed, String fault, Disruption disruption, Path directory)
            throws IOException, InterruptedException, SQLException {
        try (LocalAws aws = LocalAws.builder().directory(directory).start();
                FaultyProxy table = FaultyProxy.inFrontOf(aws.dynamoDbEndpoint());
                FaultyProxy store = FaultyProxy.inFrontOf(aws.s3Endpoint())) {
            return new KillRun(seed, fault, disruption, directory, aws, table, store).run();
        }
    }

    private Found run() throws IOException, InterruptedException, SQLException {
        Instant begin = WallClock.now();
        var clients = aws.clients();
        Replay.createStream(clients.kinesis(), Replay.STREAM, Replay.SHARDS);
        clients.s3().createBucket(b -> b.bucket(Replay.BUCKET));
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), Replay.APPLICATION, Replay.STREAM);
        aws.kinesis().faults(seed, KillRunFaults.named(fault));
        KillRunFaults.apply(fault, seed, table, store);
        GeneratedShop shop = GeneratedShop.generate(seed, RECORDS, HOURS, false);
        double speed = (double) Duration.ofHours(HOURS).toMillis() / PLAYED_IN.toMillis();
        Player player =
                new Player(clients.kinesis(), Replay.STREAM, aws.kinesis().clock(), speed, seed);
        CompletableFuture<Void> playing =
                CompletableFuture.runAsync(() -> player.play(shop.lines().iterator()));
        CompletableFuture<Void> resharding = CompletableFuture.runAsync(this::reshard);
        Process worker = startWorker();
        try {
            worker = disrupt(worker);
            playing.join();
            resharding.join();
            String met = fault + met();
            aws.kinesis().faults(seed);
            table.faults(seed, 0);
            store.faults(seed, 0);
            WallClock.pause(KillRunFaults.LATEST);
            Map<String, Integer> stream = StreamContents.requests(clients.kinesis(), Replay.STREAM);
            awaitDrained(
                    worker, stream.values().stream().mapToInt(Integer::intValue).sum());
            worker.getOutputStream().close();
            worker.waitFor(20, TimeUnit.SECONDS);
            return compare(shop, stream, met, begin);
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    private String met() {
        long met = table.met()
                + store.met()
                + aws.kinesis().faultsMet().stream().mapToLong(Long::longValue).sum();
        return fault.equals(KillRunFaults.NONE) ? "" : " met " + met + " times";
    }

    private Process disrupt(Process first) throws IOException, InterruptedException {
        Process worker = first;
        for (int i = 0; i < TIMES; i++) {
            awaitMoment(worker);
            killedAt.add(objects.list().size());
            worker = disruption == Disruption.FREEZE ? freeze(worker) : killAndRestart(worker);
        }
        return worker;
    }

    private Process killAndRestart(Process worker) throws IOException, InterruptedException {
        // SIGKILL where there are signals.
        worker.destroyForcibly().waitFor();
        countPending();
        return startWorker();
    }

    /** It sleeps while another takes its leases and delivers; then it wakes up in the middle of what it was doing. */
    private Process freeze(Process worker) throws IOException, InterruptedException {
        signal("STOP", worker);
        try {
            countPending();
            started++;
            Process other = startWorker();
            int before = objects.list().size();
            await(other, () -> objects.list().size() > before + 1);
            signal("CONT", worker);
            other.waitFor(random.nextInt(3_000), TimeUnit.MILLISECONDS);
            return other;
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    private static void signal(String signal, Process worker) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid()))
                .start()
                .waitFor();
    }

    private void countPending() {
        if (isBatchPending()) {
            killedWhilePending++;
        }
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

    /** Seldom at any time, also while it starts; else when it delivers, half of the time with a batch on its way. */
    private void awaitMoment(Process worker) throws InterruptedException {
        if (random.nextInt(4) == 0) {
            worker.waitFor(200 + random.nextInt(5_000), TimeUnit.MILLISECONDS);
            return;
        }
        int before = objects.list().size();
        await(worker, () -> objects.list().size() > before);
        worker.waitFor(random.nextInt(2_500), TimeUnit.MILLISECONDS);
        if (random.nextBoolean()) {
            await(worker, this::isBatchPending);
            worker.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
        }
    }

    /** For a while: a run in which it does not happen is worth something too. */
    private static void await(Process worker, BooleanSupplier condition) throws InterruptedException {
        Instant begin = WallClock.now();
        while (!condition.getAsBoolean() && WallClock.since(begin).compareTo(AWAITED_AT_MOST) < 0) {
            worker.waitFor(2, TimeUnit.MILLISECONDS);
        }
    }

    /** Under its old name or under a new one, as services do; under a new one it waits for the old one's leases. */
    private Process startWorker() throws IOException {
        if (started == 0 || random.nextInt(3) == 0) {
            started++;
        }
        processes++;
        return WorkerProcess.start(
                new WorkerProcess.Endpoints(aws.kinesisEndpoint(), table.endpoint(), store.endpoint()),
                "worker-" + started,
                bufferingInterval,
                disruption == Disruption.RECONFIGURE ? "clicks/version=" + processes + "/" : "clicks/",
                directory.resolve("worker.log"));
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

    private void awaitDrained(Process worker, long records) throws InterruptedException {
        Instant begin = WallClock.now();
        while (WallClock.since(begin).compareTo(DRAINED_WITHIN) < 0) {
            if (delivered() == records && !isBatchPending()) {
                return;
            }
            if (worker.waitFor(300, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "seed " + seed + ": the worker ended by itself, its log is in " + directory);
            }
        }
    }

    /** Rows in objects, or -1 when an object went away while it was read: another configuration's takes its place. */
    private long delivered() {
        try (Dashboard dashboard = Dashboard.open(objects)) {
            return dashboard.clicks();
        } catch (SQLException e) {
            return -1;
        }
    }

    private Found compare(GeneratedShop shop, Map<String, Integer> stream, String met, Instant begin)
            throws SQLException {
        Map<String, Integer> rest = new HashMap<>(stream);
        long twice = 0;
        long unknown = 0;
        try (Dashboard dashboard = Dashboard.open(objects)) {
            for (String request : dashboard.requests()) {
                Integer left = rest.get(request);
                if (left == null) {
                    unknown++;
                } else if (left == 0) {
                    twice++;
                } else {
                    rest.put(request, left - 1);
                }
            }
        }
        long undelivered = rest.values().stream().mapToInt(Integer::intValue).sum();
        long neverPut = shop.lines().stream()
                .filter(line -> !stream.containsKey(line.requestId()))
                .count();
        return new Found(
                seed,
                met,
                disruption,
                stream.values().stream().mapToInt(Integer::intValue).sum(),
                undelivered + neverPut,
                twice,
                unknown,
                objects.list().size(),
                killedAt,
                killedWhilePending,
                WallClock.since(begin));
    }
}
