package dev.clickstream.storefront;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The processes of a run, and what is done to them. One thread, but for {@link #disturbed}. */
final class KillRunWorkers implements AutoCloseable {

    private static final Duration AWAITED_AT_MOST = Duration.ofMinutes(1);
    private static final int LOOK_MILLIS = 8;

    /** So long a batch's objects take, or a little longer: it is disturbed before, between and after them. */
    private static final int DELIVERY_MILLIS = 200;

    private static final int STOP_SECONDS = 40;

    private final WorkerProcess.Endpoints aws;
    private final Disruption disruption;
    private final Random random;
    private final ObjectFolder objects;
    private final LeaseTable leases;
    private final Path directory;
    private final Duration bufferingInterval;
    private final List<Process> running = new ArrayList<>();
    private final List<Integer> disturbedAt = new ArrayList<>();
    private final AtomicInteger disturbed = new AtomicInteger();
    private int names;
    private int versions;
    private int disturbedWhilePending;

    KillRunWorkers(
            WorkerProcess.Endpoints aws,
            Disruption disruption,
            Random random,
            ObjectFolder objects,
            LeaseTable leases,
            Path directory) {
        this.aws = aws;
        this.disruption = disruption;
        this.random = random;
        this.objects = objects;
        this.leases = leases;
        this.directory = directory;
        this.bufferingInterval = Duration.ofMillis(300 + random.nextInt(700));
    }

    /** Starts as many as there shall be. */
    void start() throws IOException {
        for (int i = 0; i < disruption.workers(); i++) {
            startOne();
        }
    }

    /** Waits for a moment, and does to one of them what is to be done. */
    void disturb() throws IOException, InterruptedException {
        awaitMoment();
        disturbedAt.add(objects.list().size());
        Process victim = running.remove(random.nextInt(running.size()));
        try {
            switch (disruption) {
                case KILL, RECONFIGURE -> kill(victim);
                case FREEZE, SUPERSEDE -> freeze(victim);
                case HANDOVER -> handOver(victim);
                case TWO_VERSIONS -> {
                    if (random.nextBoolean()) {
                        kill(victim);
                    } else {
                        handOver(victim);
                    }
                }
            }
        } finally {
            victim.destroyForcibly().waitFor();
            disturbed.incrementAndGet();
        }
    }

    /** How many disruptions are over; from any thread. */
    int disturbed() {
        return disturbed.get();
    }

    private void kill(Process victim) throws IOException, InterruptedException {
        // SIGKILL where there are signals.
        victim.destroyForcibly().waitFor();
        countPending();
        startOne();
    }

    /** It sleeps while another takes its leases and delivers; then it wakes up in the middle of what it was doing. */
    private void freeze(Process victim) throws IOException, InterruptedException {
        signal("STOP", victim);
        countPending();
        names++;
        startOne();
        int before = objects.list().size();
        await(() -> objects.list().size() > before + 1);
        signal("CONT", victim);
        pause(random.nextInt(3_000));
    }

    private void handOver(Process victim) throws IOException, InterruptedException {
        names++;
        startOne();
        pause(random.nextInt(4_000));
        countPending();
        end(victim);
    }

    private static void signal(String signal, Process worker) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid()))
                .start()
                .waitFor();
    }

    private void countPending() {
        if (leases.isBatchPending()) {
            disturbedWhilePending++;
        }
    }

    /** Seldom at any time, also while it starts; else when something is delivered, mostly with a batch on its way. */
    private void awaitMoment() throws InterruptedException {
        if (random.nextInt(6) == 0) {
            pause(200 + random.nextInt(5_000));
            return;
        }
        int before = objects.list().size();
        await(() -> objects.list().size() > before);
        pause(random.nextInt(2_500));
        if (random.nextInt(4) != 0) {
            await(leases::isBatchPending);
            pause(random.nextInt(DELIVERY_MILLIS));
        }
    }

    /** For a while: a run in which it does not happen is worth something too. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant begin = WallClock.now();
        while (!condition.getAsBoolean() && WallClock.since(begin).compareTo(AWAITED_AT_MOST) < 0) {
            pause(LOOK_MILLIS);
        }
    }

    private static void pause(int millis) throws InterruptedException {
        WallClock.pause(Duration.ofMillis(millis));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Under an old name or under a new one, as services do; under a new one it waits for the old one's leases. */
    private void startOne() throws IOException {
        if (names == 0 || !running.isEmpty() || random.nextInt(3) == 0) {
            names++;
        }
        if (versions == 0 || disruption.isWithVersions()) {
            versions++;
        }
        running.add(WorkerProcess.start(
                aws,
                new WorkerProcess.Task(
                        "worker-" + names,
                        WorkerProcess.Events.EVERY_REQUEST,
                        bufferingInterval,
                        prefix(Integer.toString(versions))),
                directory.resolve("worker.log")));
    }

    /** By the minute, and the hour follows: so a batch has several objects, and can be left with some of them. */
    static String prefix(String version) {
        return "clicks/version=" + version + "/minute=!{timestamp:mm}/";
    }

    /** Whether all that should run do. */
    boolean areRunning() {
        return running.stream().allMatch(Process::isAlive);
    }

    /** How many objects there were each time. */
    List<Integer> disturbedAt() {
        return List.copyOf(disturbedAt);
    }

    /** How often a batch was prepared and not committed then. */
    int disturbedWhilePending() {
        return disturbedWhilePending;
    }

    /** Asks all to stop, and waits until they have. */
    void stop() throws IOException, InterruptedException {
        for (Process worker : running) {
            worker.getOutputStream().close();
        }
        for (Process worker : running) {
            end(worker);
        }
    }

    private static void end(Process worker) throws IOException, InterruptedException {
        worker.getOutputStream().close();
        if (!worker.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a worker did not stop within " + STOP_SECONDS + " s");
        }
    }

    /** Ends what still runs, at once. */
    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }
}
