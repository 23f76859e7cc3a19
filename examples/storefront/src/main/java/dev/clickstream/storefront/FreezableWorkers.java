package dev.clickstream.storefront;

import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.aws.LocalClients;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The worker of a running shop, which can be stopped, or frozen: then no byte passes between it and AWS, its leases run
 * out, and a second worker takes them over; when it thaws it goes on in the middle of what it did, and has to find out
 * that it is late. Both stay from then on. Thread-safe.
 */
final class FreezableWorkers implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

    private final Workers.Job job;
    private final List<TcpRelay> relays;
    private final LocalClients throughRelays;
    private final LocalClients direct;
    private final List<Workers> running = new ArrayList<>(); // guarded by this
    private Tally ended = Tally.NOTHING; // guarded by this

    /**
     * Starts a worker.
     *
     * @param s3 where objects go
     */
    FreezableWorkers(LocalAws aws, URI s3, Workers.Job job) {
        this.job = job;
        TcpRelay kinesis = TcpRelay.inFrontOf(aws.kinesisEndpoint());
        TcpRelay dynamoDb = TcpRelay.inFrontOf(aws.dynamoDbEndpoint());
        TcpRelay objects = TcpRelay.inFrontOf(s3);
        this.relays = List.of(kinesis, dynamoDb, objects);
        this.throughRelays = LocalClients.of(kinesis.endpoint(), dynamoDb.endpoint(), objects.endpoint());
        this.direct = LocalClients.of(aws.kinesisEndpoint(), aws.dynamoDbEndpoint(), s3);
        start();
    }

    /** Starts a worker, unless one runs. */
    synchronized void start() {
        if (running.isEmpty()) {
            running.add(Workers.start(throughRelays, job, List.of("worker-1")));
        }
    }

    /** Stops all in good order, at most in {@link #STOP_TIMEOUT} each; what they had not delivered yet comes later. */
    synchronized void stop() {
        for (Workers workers : running) {
            ended = ended.plus(workers.stop(STOP_TIMEOUT));
        }
        running.clear();
    }

    /** Freezes the first, and has a second one run beside it. */
    synchronized void freeze() {
        relays.forEach(TcpRelay::hold);
        if (running.size() == 1) {
            running.add(Workers.start(direct, job, List.of("worker-2")));
        }
    }

    void thaw() {
        relays.forEach(TcpRelay::release);
    }

    /** What all of them have committed, also those that were stopped. */
    synchronized Tally tally() {
        Tally tally = ended;
        for (Workers workers : running) {
            tally = tally.plus(workers.tally());
        }
        return tally;
    }

    /** Why they are not healthy; empty if they are. */
    synchronized List<String> complaints() {
        if (running.isEmpty()) {
            return List.of("no worker runs");
        }
        return running.stream().flatMap(w -> w.complaints().stream()).toList();
    }

    @Override
    public void close() {
        thaw();
        stop();
        throughRelays.close();
        direct.close();
        relays.forEach(TcpRelay::close);
    }
}
