package dev.clickstream.benchmarks.producer;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.openjdk.jmh.results.RunResult;

/** The results as a table and as a picture. */
final class ProducerReport {

    private static final double LINGER_MILLIS = 100;

    private final Results results;
    private final Trial ours;
    private final List<Double> gone;
    private final Collection<RunResult> parts;
    private final StringBuilder text = new StringBuilder();

    ProducerReport(Results results, Trial ours, List<Double> gone, Collection<RunResult> parts) {
        this.results = results;
        this.ours = ours;
        this.gone = gone;
        this.parts = parts;
    }

    String table() {
        text.setLength(0);
        conditions();
        goals();
        sideBySide();
        halfLoad();
        matrix();
        parts();
        return text.toString();
    }

    private Trial main(Peer peer) {
        return new Trial(peer, ours.shards(), ours.threads(), ours.faults(), ours.events(), ours.perSecond());
    }

    private Trial paced(Peer peer) {
        return main(peer).paced(1);
    }

    private void conditions() {
        add("# Producers, side by side%n%n");
        add(
                "JDK %s, %d processors, which others use too. Events of 300 bytes of 100,000 visitors, over TLS to the"
                        + " local endpoint, which is another process and sets no limits of throughput. Ours: as built by"
                        + " default, without the pace of real shards. KPL 1.1.1: aggregation on, no limit of rate. Loop:"
                        + " PutRecords of 500 records, four at a time, what fails goes again. All encode the same events"
                        + " to JSON. CPU is user and system time of the whole process tree, the KPL's native child"
                        + " included; the endpoint's is told apart. Allocated bytes are the JVM's. Peak memory is what was"
                        + " resident, of the JVM (at most 1 GiB of heap, with all events made before) and its children. The machine's"
                        + " milliseconds are how much later than asked a thread wakes that sleeps one: they are in every"
                        + " latency."
                        + " After each run the stream is read back as KCL reads it: what is missing, what comes first out"
                        + " of its visitor's order, and what is there again. Only ratios mean something on another"
                        + " machine.%n%n",
                System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
    }

    private void goals() {
        double kpl = results.perCpuSecond(ours) / results.perCpuSecond(main(Peer.KPL));
        double loop = results.perCpuSecond(ours) / results.perCpuSecond(main(Peer.LOOP));
        double added = results.median(paced(Peer.OURS), r -> r.latencyMillis().get(1)) - LINGER_MILLIS;
        double held = gone.isEmpty() ? Double.NaN : gone.get(1) / gone.get(0);
        add("## Goals%n%n| what | goal | seen | |%n|---|---|---|---|%n");
        goal("events per CPU second, against the KPL", "3", kpl, "%.2f", kpl >= 3);
        goal("events per CPU second, against the loop", "20", loop, "%.2f", loop >= 20);
        goal("send, 99 %, at half load: more than linger, ms", "at most 10", added, "%.1f", added <= 10);
        goal("memory with a stream that never answers, against the bound", "at most 1.2", held, "%.2f", held <= 1.2);
        int unordered = count(results.kinds(), Peer.OURS, r -> r.missing() + r.outOfOrder());
        goal("events of ours missing or out of order, all runs", "0", unordered, "%.0f", unordered == 0);
        limits();
        add("%n");
        if (gone.isEmpty()) {
            return;
        }
        add(
                "The bound was %.0f MiB, what was held %.1f MiB more than before, heap and direct memory together;"
                        + " %,.0f events were dropped.%n%n",
                gone.get(0) / (1 << 20), gone.get(1) / (1 << 20), gone.get(2));
    }

    /** What no producer can save: all that are compared make an event's JSON themselves. */
    private void limits() {
        double json = nanos("toJson");
        if (!Double.isNaN(json)) {
            add(
                    "%nThe loop takes %.2f us of CPU for an event, ours %.2f. The event's JSON alone takes %.2f at the least"
                            + " (below), so that no producer that makes it can be more than %.0f times better than this"
                            + " loop.%n",
                    1e6 / results.perCpuSecond(main(Peer.LOOP)),
                    1e6 / results.perCpuSecond(ours),
                    json / 1e3,
                    1e9 / results.perCpuSecond(main(Peer.LOOP)) / json);
        }
    }

    /** The least first. */
    private static double[] slices(RunResult part) {
        return part.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(slice -> slice.getPrimaryResult().getScore())
                .sorted()
                .toArray();
    }

    private double nanos(String part) {
        return parts.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals(part))
                .mapToDouble(result -> slices(result)[0])
                .findFirst()
                .orElse(Double.NaN);
    }

    private void goal(String what, String goal, double seen, String format, boolean met) {
        add("| %s | %s | " + format + " | %s |%n", what, goal, seen, met ? "met" : "missed");
    }

    private int count(List<Trial> kinds, Peer peer, ToIntFunction<Result> value) {
        return kinds.stream()
                .filter(trial -> trial.peer() == peer)
                .flatMap(trial -> results.of(trial).stream())
                .mapToInt(value)
                .sum();
    }

    private void sideBySide() {
        add(
                "## As fast as it goes%n%n%d rounds, %,d events to %d shards, one sending thread; medians.%n%n",
                results.of(ours).size(), ours.events(), ours.shards());
        add("| producer | events per CPU second | least to most | of the loop's |%n|---|---|---|---|%n");
        for (Peer peer : Peer.values()) {
            Trial trial = main(peer);
            add(
                    "| %s | %,.0f | %,.0f to %,.0f | %.2f |%n",
                    name(peer),
                    results.perCpuSecond(trial),
                    trial.events() / results.quantile(trial, 1, Result::cpu),
                    trial.events() / results.quantile(trial, 0, Result::cpu),
                    results.perCpuSecond(trial) / results.perCpuSecond(main(Peer.LOOP)));
        }
        add("%n");
        header();
        for (Peer peer : Peer.values()) {
            row(main(peer));
        }
    }

    private void halfLoad() {
        add(
                "%n## At half load%n%n%d rounds, each at half of the events per second above. Linger and the KPL's"
                        + " buffering are 100 ms; the loop waits for 500 events.%n%n",
                results.of(paced(Peer.OURS)).size());
        header();
        for (Peer peer : Peer.values()) {
            row(paced(peer));
        }
    }

    private void matrix() {
        List<Trial> cells = results.kinds().stream()
                .filter(trial -> trial.events() != ours.events() && Double.isInfinite(trial.perSecond()))
                .toList();
        if (cells.isEmpty()) {
            return;
        }
        add(
                "%n## Shards, threads, faults%n%n%d round of %,d events; what there was no time for is left out. Faults: of the records 2 %% throttled and 1 %%"
                        + " failed, of the answers 2 %% lost.%n%n",
                results.of(cells.get(0)).size(), cells.get(0).events());
        header();
        cells.forEach(this::row);
    }

    private void header() {
        add(
                "| producer | shards | threads | faults | events/s | CPU s per million | endpoint's | send, ms: 50 %% | 99 %% |"
                        + " 99.9 %% | machine's, 99 %% | bytes allocated | peak MiB | missing | out of order | again |%n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|%n");
    }

    private void row(Trial trial) {
        double millions = trial.events() / 1e6;
        add(
                "| %s | %d | %d | %s | %,.0f | %.2f | %.2f | %.1f | %.1f | %.1f | %.1f | %,.0f | %,.0f | %d | %d | %d |%n",
                name(trial.peer()),
                trial.shards(),
                trial.threads(),
                trial.faults().name().toLowerCase(Locale.ROOT),
                results.perSecond(trial),
                results.median(trial, Result::cpu) / millions,
                results.median(trial, Result::endpointCpu) / millions,
                results.median(trial, r -> r.latencyMillis().get(0)),
                results.median(trial, r -> r.latencyMillis().get(1)),
                results.median(trial, r -> r.latencyMillis().get(2)),
                results.median(trial, Result::hiccupMillis),
                results.median(trial, Result::allocated),
                results.median(trial, Result::peakMemory) / (1 << 20),
                results.of(trial).stream().mapToInt(Result::missing).sum(),
                results.of(trial).stream().mapToInt(Result::outOfOrder).sum(),
                results.of(trial).stream().mapToInt(Result::again).sum());
    }

    private void parts() {
        if (parts.isEmpty()) {
            return;
        }
        add(
                "%n## Inside the process%n%nJMH, nanoseconds for each event, of slices of 300 ms; the least is what it takes when nobody else wants the"
                        + " processor. ByProtobufTree is the same aggregate by way of protobuf's objects.%n%n");
        add("| part | least | median | bytes allocated |%n|---|---|---|---|%n");
        for (RunResult part : parts) {
            double[] slices = slices(part);
            double[] bytes = {Double.NaN};
            part.getSecondaryResults().forEach((label, value) -> {
                if (label.endsWith("gc.alloc.rate.norm")) {
                    bytes[0] = value.getScore();
                }
            });
            add(
                    "| %s | %.0f | %.0f | %.0f |%n",
                    part.getPrimaryResult().getLabel(), slices[0], slices[slices.length / 2], bytes[0]);
        }
    }

    /** Bars: events per CPU second side by side. */
    String picture() {
        text.setLength(0);
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"130\"");
        add(" font-family=\"sans-serif\" font-size=\"12\">%n");
        add("<text x=\"10\" y=\"18\">events per CPU second, median</text>%n");
        int y = 30;
        for (Peer peer : Peer.values()) {
            double value = results.perCpuSecond(main(peer));
            double width = value / results.perCpuSecond(ours) * 440;
            add("<text x=\"10\" y=\"%d\">%s</text>", y + 14, name(peer));
            add("<rect x=\"60\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"#4878a8\"/>", y, width);
            add("<text x=\"%.1f\" y=\"%d\">%,.0f</text>%n", 66 + width, y + 14, value);
            y += 30;
        }
        return text.append("</svg>\n").toString();
    }

    private static String name(Peer peer) {
        return peer.name().toLowerCase(Locale.ROOT);
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
    }
}
