package dev.clickstream.benchmarks.producer;

import dev.clickstream.benchmarks.producer.Trial.Faults;
import dev.clickstream.producer.PartsBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the peers in turn, round after round, each in a process of its own against the endpoint in this one; reads back
 * after each what is in the stream and in which order; writes a table and a picture.
 */
public final class ProducerBenchmark {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int PACED_ROUNDS = Integer.getInteger("paced.rounds", 3);
    private static final int MATRIX_ROUNDS = Integer.getInteger("matrix.rounds", 1);
    private static final int EVENTS = Integer.getInteger("events", 200_000);
    private static final int MATRIX_EVENTS = Integer.getInteger("matrix.events", 100_000);
    private static final int FORKS = Integer.getInteger("forks", 3);
    private static final double MINUTES = Integer.getInteger("minutes", 60);
    private static final int BOUND_MEBIBYTES = 64;

    /** Of the time: when no more rounds, no more paced ones, and no more of the matrix begin. */
    private static final double ROUNDS_UNTIL = 0.5;

    private static final double PACED_UNTIL = 0.6;
    private static final double MATRIX_UNTIL = 0.85;

    private final long began = System.nanoTime();
    private final Results results = new Results();
    private final Path folder;
    private List<Double> gone = List.of();
    private Collection<RunResult> parts = List.of();

    private ProducerBenchmark(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs it; what there is so far is written after each stage.
     *
     * @param args the folder to write to
     * @throws IOException if the results cannot be written
     * @throws InterruptedException if interrupted
     * @throws RunnerException if a part cannot be measured
     */
    public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
        ProducerBenchmark benchmark = new ProducerBenchmark(Files.createDirectories(Path.of(args[0])));
        try (Endpoint endpoint = new Endpoint()) {
            String trials = System.getProperty("trials", "");
            if (!trials.isEmpty()) {
                TrialLog.read(Path.of(trials), benchmark.results);
            } else {
                benchmark.sideBySide(endpoint);
                benchmark.write();
                benchmark.matrix(endpoint);
            }
            benchmark.gone = endpoint.gone(BOUND_MEBIBYTES);
            benchmark.write();
        }
        benchmark.parts = FORKS > 0 ? measureParts() : List.of();
        System.out.println(benchmark.write());
        System.exit(0);
    }

    private String write() throws IOException {
        ProducerReport report = new ProducerReport(results, main(Peer.OURS), gone, parts);
        Files.writeString(folder.resolve("producer.md"), report.table());
        Files.writeString(folder.resolve("producer.svg"), report.picture());
        return report.table();
    }

    private boolean isLaterThan(double share) {
        return (System.nanoTime() - began) / 60e9 > MINUTES * share;
    }

    /** What the goals are about. */
    static Trial main(Peer peer) {
        return Trial.full(peer, 8, 1, Faults.NONE, EVENTS);
    }

    private void sideBySide(Endpoint endpoint) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS && !(round > 0 && isLaterThan(ROUNDS_UNTIL)); round++) {
            for (Peer peer : Peer.values()) {
                run(endpoint, main(peer));
            }
        }
        for (int round = 0; round < PACED_ROUNDS && !(round > 0 && isLaterThan(PACED_UNTIL)); round++) {
            for (Peer peer : Peer.values()) {
                run(endpoint, main(peer).paced(results.perSecond(main(peer)) / 2));
            }
        }
    }

    private void matrix(Endpoint endpoint) throws IOException, InterruptedException {
        for (int round = 0; round < MATRIX_ROUNDS; round++) {
            for (int shards : new int[] {8, 1, 64}) {
                for (int threads : new int[] {1, 4}) {
                    for (Faults faults : Faults.values()) {
                        for (Peer peer : Peer.values()) {
                            if ((peer != Peer.KPL || shards == 8) && !isLaterThan(MATRIX_UNTIL)) {
                                run(endpoint, Trial.full(peer, shards, threads, faults, MATRIX_EVENTS));
                            }
                        }
                    }
                }
            }
        }
    }

    private void run(Endpoint endpoint, Trial trial) throws IOException, InterruptedException {
        Result result = endpoint.run(trial);
        System.out.println(TrialLog.line(trial, result));
        results.add(trial, result);
    }

    private static Collection<RunResult> measureParts() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(PartsBenchmark.class.getName())
                        .forks(FORKS)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.milliseconds(300))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(300))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
