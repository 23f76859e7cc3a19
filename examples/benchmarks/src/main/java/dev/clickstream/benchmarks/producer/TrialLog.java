package dev.clickstream.benchmarks.producer;

import dev.clickstream.benchmarks.producer.Trial.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A line for each trial, as the runner prints them, and back: a later run can take the trials of an earlier one. */
final class TrialLog {

    private static final String MARK = "TRIAL ";

    private TrialLog() {}

    static String line(Trial trial, Result result) {
        String numbers = DoubleStream.concat(
                        DoubleStream.of(
                                result.wall(),
                                result.cpu(),
                                result.endpointCpu(),
                                result.allocated(),
                                result.peakMemory(),
                                result.hiccupMillis(),
                                result.missing(),
                                result.outOfOrder(),
                                result.again()),
                        result.latencyMillis().stream().mapToDouble(Double::doubleValue))
                .mapToObj(Double::toString)
                .collect(Collectors.joining(" "));
        return MARK
                + String.join(
                        " ",
                        trial.peer().name(),
                        Integer.toString(trial.shards()),
                        Integer.toString(trial.threads()),
                        trial.faults().name(),
                        Integer.toString(trial.events()),
                        Double.toString(trial.perSecond()),
                        numbers);
    }

    /** All that are in such a file, among whatever else. */
    static void read(Path file, Results results) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(MARK)) {
                take(line.substring(MARK.length()).split(" ", -1), results);
            }
        }
    }

    private static void take(String[] words, Results results) {
        Trial trial = new Trial(
                Peer.valueOf(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Faults.valueOf(words[3]),
                Integer.parseInt(words[4]),
                Double.parseDouble(words[5]));
        List<Double> n = Arrays.stream(words).skip(6).map(Double::valueOf).toList();
        results.add(
                trial,
                new Result(
                        n.get(0),
                        n.get(1),
                        n.get(2),
                        n.get(3),
                        n.get(4),
                        n.get(5),
                        n.subList(9, 12),
                        n.get(6).intValue(),
                        n.get(7).intValue(),
                        n.get(8).intValue()));
    }
}
