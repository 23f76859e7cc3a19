package dev.clickstream.storefront;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.local.aws.FaultyProxy;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.QuickKcl;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.storefront.dashboard.DashboardServer;
import dev.clickstream.storefront.dashboard.Pipeline;
import dev.clickstream.storefront.edge.Edge;
import dev.clickstream.storefront.edge.LogDelivery;
import dev.clickstream.storefront.edge.RealTimeLog;
import dev.clickstream.storefront.shop.Shop;
import dev.clickstream.storefront.visitors.Visitors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Shop, edge, stream, worker, lake and dashboard in this process: the wiring of {@code serve}. Thread-safe. */
final class Serve implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);
    private static final String STREAM = "clicks";
    private static final int USUAL_SHOP_PORT = 8080;
    private static final int USUAL_DASHBOARD_PORT = 8081;
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(20);
    private static final Duration S3_ATTEMPT = Duration.ofSeconds(5);

    /** A person may leave the stream throttled for as long as it takes to read a page. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofHours(1);

    static {
        System.setProperty(Edge.NO_DELAY, "true");
    }

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final EventCounts expected = new EventCounts();
    private final URI shop;
    private final URI dashboard;
    private final Pipeline pipeline;

    private Serve(ServeOptions options, Path directory) {
        try {
            LocalAws aws = keep(LocalAws.builder().directory(directory).start());
            FaultyProxy s3 = keep(FaultyProxy.inFrontOf(aws.s3Endpoint()));
            prepare(aws);
            RealTimeLogFormat format = RealTimeLogFormat.fromConfiguration(resource("real-time-log-config.json"))
                    .withSamplingRate(options.samplingRate());
            FreezableWorkers workers = keep(new FreezableWorkers(aws, s3.endpoint(), job(format)));
            KinesisAsyncClient kinesis = aws.clients().kinesis();
            WatchedProducer producer = new WatchedProducer(producer(kinesis), expected);
            LogDelivery delivery = new LogDelivery(kinesis, STREAM);
            keep(() -> drain(producer, delivery, workers));
            Switchboard switchboard = new Switchboard();
            Resharding stream = new Resharding(kinesis, STREAM);
            ServedPipeline running = new ServedPipeline(
                    directory.resolve(Replay.BUCKET), expected, workers, stream, producer, switchboard);
            this.pipeline = running;
            DashboardServer numbers = keep(onPort(
                    options.dashboardPort(), USUAL_DASHBOARD_PORT, port -> DashboardServer.start(running, port)));
            this.dashboard = numbers.address();
            RealTimeLog log =
                    new RealTimeLog(format.fields(), format.samplingRate(), new Random(), delivery, expected::add);
            Shop site = new Shop(producer, dashboard.toString());
            Edge edge = keep(
                    onPort(options.shopPort(), USUAL_SHOP_PORT, port -> Edge.start(port, site, log, WallClock::now)));
            this.shop = edge.address();
            running.shopOpened(shop);
            Visitors visitors = keep(new Visitors(shop, WallClock::pause));
            new ServeSwitches(aws, s3, workers, stream, delivery, visitors).addTo(switchboard);
            keep(switchboard);
            pipeline.set("visitors", options.visitors());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all of it.
     *
     * @param directory of objects and log
     * @throws UncheckedIOException if a port is busy or the directory cannot be used; nothing runs then
     */
    static Serve start(ServeOptions options, Path directory) {
        options.shopPort().ifPresent(Serve::requireFree);
        options.dashboardPort().ifPresent(Serve::requireFree);
        return new Serve(options, directory);
    }

    /** Said at once, and not after all of AWS has started. */
    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // As the servers do: a port of connections that have just ended is free.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Closed in the reverse order. */
    private <P extends AutoCloseable> P keep(P part) {
        parts.push(part);
        return part;
    }

    private static void prepare(LocalAws aws) {
        KinesisAsyncClient kinesis = aws.clients().kinesis();
        kinesis.createStream(s -> s.streamName(STREAM).shardCount(Replay.SHARDS))
                .join();
        kinesis.waiter().waitUntilStreamExists(s -> s.streamName(STREAM)).join();
        aws.clients().s3().createBucket(b -> b.bucket(Replay.BUCKET));
        QuickKcl.prepareLeases(aws.clients().dynamoDb(), kinesis, Replay.APPLICATION, STREAM);
    }

    private static Workers.Job job(RealTimeLogFormat format) {
        return new Workers.Job(
                Replay.APPLICATION,
                STREAM,
                Replay.BUCKET,
                format,
                ClickRules.parse(resource("click-rules.json")),
                BotPolicy.KEEP,
                Duration.ofSeconds(1),
                "clicks/",
                S3_ATTEMPT);
    }

    static String resource(String name) {
        try (InputStream in = Serve.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("web/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Events of a visitor stay in order; what the stream refuses goes again. */
    private static ClickstreamProducer producer(KinesisAsyncClient kinesis) {
        return ClickstreamProducer.builder(kinesis, STREAM)
                .deliveryTimeout(DELIVERY_TIMEOUT)
                .build();
    }

    private static <S> S onPort(OptionalInt wanted, int usual, IntFunction<S> start) {
        if (wanted.isPresent()) {
            return start.apply(wanted.getAsInt());
        }
        try {
            return start.apply(usual);
        } catch (UncheckedIOException e) {
            LOG.info("Port {} is busy; any other will do", usual);
            return start.apply(0);
        }
    }

    /** What was clicked shall be in the lake when this ends; a worker that has only just started needs seconds for it. */
    private static void drain(WatchedProducer producer, LogDelivery delivery, FreezableWorkers workers) {
        delivery.close();
        long events = producer.close(DRAINED_WITHIN).delivered();
        var begin = WallClock.now();
        while (workers.tally().records() < delivery.taken() + events
                && WallClock.since(begin).compareTo(DRAINED_WITHIN) < 0) {
            WallClock.pause(Duration.ofMillis(50));
        }
    }

    /** Where the shop answers. */
    URI shop() {
        return shop;
    }

    /** Where the dashboard answers. */
    URI dashboard() {
        return dashboard;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Waits until {@link #close()} has run. */
    void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Switches faults off, closes the shop, sends and delivers what is under way, and stops everything. Again is harmless. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("Something did not stop cleanly", e);
            }
        }
        closed.countDown();
    }
}
