package dev.clickstream.storefront;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The workers of a replay, each in a process of its own: while records flow, the first is killed and the last asked to stop,
 * and both are started again. Nobody counts for them, as a killed worker takes its counts along; what they delivered is
 * audited instead. One thread at a time, but for {@link #disturbed}.
 */
final class DisturbedWorkers implements AutoCloseable {

    static final int DISRUPTIONS = 2;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration BETWEEN_COUNTS = Duration.ofMillis(500);
    private static final Duration PENDING_AWAITED = Duration.ofSeconds(3);
    private static final Duration NO_PROGRESS = Duration.ofMinutes(1);
    private static final int STOP_SECONDS = 30;

    private final WorkerProcess.Endpoints aws;
    private final WorkerProcess.Events events;
    private final Duration bufferingInterval;
    private final LeaseTable leases;
    private final ObjectFolder objects;
    private final Path log;
    private final Consumer<String> say;
    private final List<Process> running = new ArrayList<>();
    private final AtomicInteger disturbed = new AtomicInteger();

    DisturbedWorkers(
            WorkerProcess.Endpoints aws,
            WorkerProcess.Events events,
            Duration bufferingInterval,
            LeaseTable leases,
            ObjectFolder objects,
            Path log,
            Consumer<String> say) {
        this.aws = aws;
        this.events = events;
        this.bufferingInterval = bufferingInterval;
        this.leases = leases;
        this.objects = objects;
        this.log = log;
        this.say = say;
    }

    /** Starts so many. */
    void start(int workers) throws IOException {
        for (int i = 0; i < workers; i++) {
            running.add(start("worker-" + (i + 1)));
        }
    }

    private Process start(String id) throws IOException {
        return WorkerProcess.start(aws, new WorkerProcess.Task(id, events, bufferingInterval, "clicks/"), log);
    }

    /** Kills one after a third of the records and stops one after two thirds; returns when all are played. */
    void disturb(Player player, long records, CompletableFuture<Void> playing)
            throws IOException, InterruptedException {
        await(playing, () -> player.records() >= records / 3 && !objects.list().isEmpty());
        kill();
        disturbed.incrementAndGet();
        await(playing, () -> player.records() >= 2 * records / 3);
        stopLast();
        disturbed.incrementAndGet();
        playing.join();
    }

    /** How many of the two disruptions are over; from any thread. */
    int disturbed() {
        return disturbed.get();
    }

    private void await(CompletableFuture<Void> playing, BooleanSupplier moment) {
        while (!moment.getAsBoolean() && !playing.isDone()) {
            WallClock.pause(BETWEEN_LOOKS);
        }
    }

    private void kill() throws IOException, InterruptedException {
        Instant begin = WallClock.now();
        while (!leases.isBatchPending() && WallClock.since(begin).compareTo(PENDING_AWAITED) < 0) {
            WallClock.pause(Duration.ofMillis(2));
        }
        // SIGKILL where there are signals.
        running.get(0).destroyForcibly().waitFor();
        boolean isPending = leases.isBatchPending();
        say.accept("worker-1 is killed" + (isPending ? ", with a batch on its way" : "") + ", and started again");
        running.set(0, start("worker-1"));
    }

    private void stopLast() throws IOException, InterruptedException {
        int last = running.size() - 1;
        end(running.get(last));
        say.accept("worker-" + (last + 1) + " has stopped in order, and is started again");
        running.set(last, start("worker-" + (last + 1)));
    }

    private static void end(Process worker) throws IOException, InterruptedException {
        worker.getOutputStream().close();
        if (!worker.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a worker did not stop within " + STOP_SECONDS + " s");
        }
    }

    /** Waits until so many rows are there and nothing is on its way, and stops all. */
    void drain(long rows) throws IOException, InterruptedException {
        int before = -1;
        Instant moved = WallClock.now();
        while (true) {
            int there = objects.list().size();
            if (there == before && !leases.isBatchPending() && count() >= rows) {
                break;
            }
            if (there != before) {
                moved = WallClock.now();
            } else if (WallClock.since(moved).compareTo(NO_PROGRESS) > 0) {
                throw new IllegalStateException(
                        "the workers stopped at " + count() + " of " + rows + " clicks; the log " + log + " says more");
            }
            before = there;
            WallClock.pause(BETWEEN_COUNTS);
        }
        for (Process worker : running) {
            end(worker);
        }
    }

    private long count() {
        return DeliveredRows.count(objects);
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }
}
