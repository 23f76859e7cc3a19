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
    private static final int PACED_ROUNDS = Integer.getInteger("paced.rounds", 2);
    private static final int MATRIX_ROUNDS = Integer.getInteger("matrix.rounds", 1);
    private static final int EVENTS = Integer.getInteger("events", 200_000);
    private static final int MATRIX_EVENTS = Integer.getInteger("matrix.events", 100_000);
    private static final int FORKS = Integer.getInteger("forks", 3);
    private static final int BOUND_MEBIBYTES = 64;

    private ProducerBenchmark() {}

    /**
     * Runs it.
     *
     * @param args the folder to write to
     * @throws IOException if the results cannot be written
     * @throws InterruptedException if interrupted
     * @throws RunnerException if a part cannot be measured
     */
    public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
        Results results = new Results();
        List<Double> gone;
        try (Endpoint endpoint = new Endpoint()) {
            sideBySide(endpoint, results);
            matrix(endpoint, results);
            gone = endpoint.gone(BOUND_MEBIBYTES);
        }
        ProducerReport report = new ProducerReport(results, main(Peer.OURS), gone, FORKS > 0 ? parts() : List.of());
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("producer.md"), report.table());
        Files.writeString(folder.resolve("producer.svg"), report.picture());
        System.out.println(report.table());
        System.exit(0);
    }

    /** What the goals are about. */
    static Trial main(Peer peer) {
        return Trial.full(peer, 8, 1, Faults.NONE, EVENTS);
    }

    private static void sideBySide(Endpoint endpoint, Results results) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            for (Peer peer : Peer.values()) {
                run(endpoint, main(peer), results);
            }
        }
        for (int round = 0; round < PACED_ROUNDS; round++) {
            for (Peer peer : Peer.values()) {
                run(endpoint, main(peer).paced(results.perSecond(main(peer)) / 2), results);
            }
        }
    }

    private static void matrix(Endpoint endpoint, Results results) throws IOException, InterruptedException {
        for (int round = 0; round < MATRIX_ROUNDS; round++) {
            for (int shards : new int[] {1, 8, 64}) {
                for (int threads : new int[] {1, 4}) {
                    for (Faults faults : Faults.values()) {
                        for (Peer peer : Peer.values()) {
                            if (peer != Peer.KPL || shards == 8) {
                                run(endpoint, Trial.full(peer, shards, threads, faults, MATRIX_EVENTS), results);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void run(Endpoint endpoint, Trial trial, Results results) throws IOException, InterruptedException {
        Result result = endpoint.run(trial);
        System.out.println(trial + ": " + result);
        results.add(trial, result);
    }

    private static Collection<RunResult> parts() throws RunnerException {
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
