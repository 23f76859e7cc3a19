package dev.clickstream.storefront;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import dev.clickstream.local.kinesis.LocalKinesis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** From log records to a queried object, on this machine: the wiring of everything. */
final class Replay {

    static final String STREAM = "requests";
    static final String APPLICATION = "storefront";
    static final String BUCKET = "storefront";
    private static final int RETENTION_HOURS = 7 * 24;
    static final int SHARDS = 2;

    private static final Duration BUFFERING_INTERVAL = Duration.ofSeconds(1);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(60);

    private final Options options;
    private final Path directory;
    private final ObjectFolder clickObjects;
    private final PrintStream out;

    Replay(Options options, Path directory, PrintStream out) {
        this.options = options;
        this.directory = directory.toAbsolutePath().normalize();
        this.clickObjects = new ObjectFolder(this.directory.resolve(BUCKET).resolve("clicks"));
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @return whether the delivered clicks passed the check
     * @throws IllegalArgumentException if rules or input are not right
     * @throws IOException if a file cannot be read or written
     */
    boolean run() throws IOException, SQLException {
        Path rulesFile = options.rules();
        ClickRules rules = rulesFile == null ? ClickRules.queryParameters() : ClickRules.load(rulesFile);
        Path input = options.input();
        if (input == null) {
            say(
                    "Generating a shop: seed %d, %,d records over %d hours",
                    options.seed(), options.records(), options.hours());
            GeneratedShop shop = GeneratedShop.generate(
                    options.seed(), options.records(), options.hours(), options.bots() == BotPolicy.DROP);
            return run(shop.lines().iterator(), rules, shop);
        }
        try (RecordFile file = new RecordFile(input, options.fields())) {
            return run(file, rules, null);
        }
    }

    private boolean run(Iterator<LogLine> lines, ClickRules rules, @Nullable GeneratedShop shop)
            throws IOException, SQLException {
        say("Starting Kinesis, DynamoDB and S3 on this machine; objects go to %s", directory);
        try (LocalAws aws = LocalAws.builder()
                .directory(directory)
                .kinesis(LocalKinesis.builder().port(options.kinesisPort()))
                .dynamoDbPort(options.dynamoDbPort())
                .s3Port(options.s3Port())
                .start()) {
            LocalClients clients = aws.clients();
            createStream(clients.kinesis(), STREAM, SHARDS);
            clients.s3().createBucket(b -> b.bucket(BUCKET));
            QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), APPLICATION, STREAM);
            Player player =
                    new Player(clients.kinesis(), STREAM, aws.kinesis().clock(), options.speed(), options.seed());
            if (shop != null && options.disturbance() == Options.Disturbance.KILL_AND_STOP) {
                return disturb(aws, player, shop);
            }
            return conclude(drive(clients, rules, player, lines), player, shop, List.of());
        }
    }

    /** Makes a stream that keeps a week, as the played time may be longer than a day, and waits until it is active. */
    static void createStream(KinesisAsyncClient kinesis, String name, int shards) {
        kinesis.createStream(s -> s.streamName(name).shardCount(shards)).join();
        kinesis.waiter().waitUntilStreamExists(s -> s.streamName(name)).join();
        kinesis.increaseStreamRetentionPeriod(s -> s.streamName(name).retentionPeriodHours(RETENTION_HOURS))
                .join();
    }

    private Tally drive(LocalClients clients, ClickRules rules, Player player, Iterator<LogLine> lines) {
        Workers.Job job = new Workers.Job(
                APPLICATION,
                STREAM,
                BUCKET,
                RealTimeLogFormat.of(options.fields()),
                rules,
                options.bots(),
                BUFFERING_INTERVAL,
                "clicks/",
                Duration.ofMinutes(1));
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= options.workers(); i++) {
            ids.add("worker-" + i);
        }
        say("Starting %d workers and playing at %,.0f times the records' pace", ids.size(), options.speed());
        try (Workers workers = Workers.start(clients, job, ids)) {
            CompletableFuture<Void> playing = CompletableFuture.runAsync(() -> player.play(lines));
            awaitCommitted(workers, player, playing);
            return workers.stop();
        }
    }

    /** The same, with workers in processes that are disturbed, and an audit in the place of their counts. */
    private boolean disturb(LocalAws aws, Player player, GeneratedShop shop) throws IOException, SQLException {
        DisturbedWorkers processes = new DisturbedWorkers(
                new WorkerProcess.Endpoints(aws.kinesisEndpoint(), aws.dynamoDbEndpoint(), aws.s3Endpoint()),
                options.bots() == BotPolicy.DROP
                        ? WorkerProcess.Events.CLICKS_WITHOUT_BOTS
                        : WorkerProcess.Events.CLICKS,
                BUFFERING_INTERVAL,
                new LeaseTable(aws.clients().dynamoDb(), APPLICATION),
                clickObjects,
                directory.resolve("workers.log"),
                what -> progress(player, what));
        say(
                "Starting %d workers as processes and playing at %,.0f times the records' pace",
                options.workers(), options.speed());
        try (processes) {
            processes.start(options.workers());
            FlowingLines lines = new FlowingLines(shop.lines(), DisturbedWorkers.DISRUPTIONS, processes::disturbed);
            CompletableFuture<Void> playing = CompletableFuture.runAsync(() -> player.play(lines));
            processes.disturb(player, shop.lines().size(), playing);
            processes.drain(shop.clicks().size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        SecondOpinion audit = SecondOpinion.of(
                directory.resolve(BUCKET),
                "clicks/!{timestamp:yyyy/MM/dd/HH}/",
                aws.clients().kinesis(),
                STREAM,
                shop.lines().size() - shop.clicks().size());
        Tally tally = new Tally(
                audit.streamRecords(),
                audit.rows(),
                Map.of("by_rule", audit.dropped()),
                audit.failures() == 0 ? Map.of() : Map.of("any", audit.failures()));
        return conclude(
                tally,
                player,
                shop,
                audit.isClean() ? List.of() : audit.text().lines().toList());
    }

    private void progress(Player player, String what) {
        say(
                "%4d s  %,9d records in  %,5d objects  %s",
                WallClock.since(WallClock.processStart()).toSeconds(),
                player.records(),
                clickObjects.list().size(),
                what);
    }

    private void awaitCommitted(Workers workers, Player player, CompletableFuture<Void> playing) {
        long committed = -1;
        Instant moved = WallClock.now();
        Instant said = moved;
        while (!ended(playing) || workers.tally().records() < player.records()) {
            Tally tally = workers.tally();
            if (tally.records() != committed || !playing.isDone()) {
                committed = tally.records();
                moved = WallClock.now();
            }
            if (WallClock.since(moved).compareTo(NO_PROGRESS) > 0) {
                throw new IllegalStateException("the workers stopped at " + committed + " of " + player.records()
                        + " records; the log in " + directory + " says more");
            }
            if (WallClock.since(said).toMillis() >= 1_000) {
                said = WallClock.now();
                progress(player, tally);
            }
        }
        progress(player, workers.tally());
    }

    /** Waits a moment, and throws what the player threw. */
    private static boolean ended(CompletableFuture<Void> playing) {
        WallClock.pause(Duration.ofMillis(50));
        if (playing.isDone()) {
            playing.join();
        }
        return playing.isDone();
    }

    private void progress(Player player, Tally tally) {
        Instant position = player.position();
        say(
                "%4d s  %s  %,9d records in  %,9d committed  %,7d clicks  %,5d objects",
                WallClock.since(WallClock.processStart()).toSeconds(),
                position == null ? "                " : position.toString().substring(0, 16),
                player.records(),
                tally.records(),
                tally.ok(),
                clickObjects.list().size());
    }

    private boolean conclude(Tally tally, Player player, @Nullable GeneratedShop shop, List<String> audit)
            throws SQLException {
        List<ObjectFolder.Delivered> objects = clickObjects.list();
        try (Dashboard dashboard = Dashboard.open(clickObjects)) {
            Report report = new Report(out);
            report.queries(dashboard);
            double[] latencies = Report.latencies(dashboard.objectByRequest(), player.acknowledged(), objects);
            report.summary(tally, dashboard.clicks(), objects, latencies);
            List<String> wrong = wrong(tally, player, dashboard, shop);
            wrong.addAll(audit);
            return passed(wrong, shop);
        } finally {
            say("");
            say("Everything is in %s", directory);
        }
    }

    private List<String> wrong(Tally tally, Player player, Dashboard dashboard, @Nullable GeneratedShop shop)
            throws SQLException {
        List<String> wrong = sums(tally, player, dashboard);
        if (shop == null) {
            return wrong;
        }
        wrong.addAll(dashboard.differences(shop.clicks()));
        long bots = tally.dropped().getOrDefault(ClickRules.BOT, 0L);
        if (bots != shop.botClicks() && options.disturbance() == Options.Disturbance.NONE) {
            wrong.add(bots + " clicks dropped as bots, " + shop.botClicks() + " expected");
        }
        return wrong;
    }

    private static List<String> sums(Tally tally, Player player, Dashboard dashboard) throws SQLException {
        List<String> wrong = new ArrayList<>();
        long out = dashboard.clicks() + tally.droppedTotal() + tally.failedTotal();
        if (player.records() != out) {
            wrong.add(player.records() + " records in, but " + out + " clicks, dropped and failed");
        }
        long twice = dashboard.requestsTwice();
        if (twice > 0) {
            wrong.add(twice + " request ids more than once");
        }
        return wrong;
    }

    private boolean passed(List<String> wrong, @Nullable GeneratedShop shop) {
        say("");
        if (wrong.isEmpty()) {
            say(
                    "Check passed: %s",
                    shop == null
                            ? "records in = clicks + dropped + failed, and no request id twice"
                            : String.format(
                                    Locale.ROOT,
                                    "all %,d expected clicks are there, each once, with id, name and status, in the hour"
                                            + " of its arrival, and no other",
                                    shop.clicks().size()));
        }
        wrong.forEach(what -> say("Check FAILED: %s", what));
        return wrong.isEmpty();
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
