package dev.clickstream.benchmarks.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What a megabyte costs all workers together, however many there are. Not thread-safe. */
final class Scaling implements Part {

    private static final int[] SHARDS = {8, 64};
    private static final int[] WORKERS = {1, 2, 4};
    private static final int WARMUPS = 2;
    private static final double GOAL = 0.15;
    private static final long LOOK_NANOS = 100_000_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    /** How many workers on how many shards. */
    private record Crew(int shards, int workers) implements Comparable<Crew> {
        @Override
        public int compareTo(Crew other) {
            return shards != other.shards
                    ? Integer.compare(shards, other.shards)
                    : Integer.compare(workers, other.workers);
        }
    }

    private final Services services;
    private final int bursts;
    private final int clicks;
    private final Map<Crew, Figures> cpuPerMegabyte = new TreeMap<>();
    private final Map<Crew, String> leases = new TreeMap<>();

    Scaling(Services services, int bursts, int clicks) {
        this.services = services;
        this.bursts = bursts;
        this.clicks = clicks;
    }

    @Override
    public void run() throws IOException {
        for (int shards : SHARDS) {
            for (int workers : WORKERS) {
                run(new Crew(shards, workers));
            }
        }
    }

    private void run(Crew crew) throws IOException {
        String stream = services.newStream(crew.shards);
        String warm = services.newStream(crew.shards);
        Input.CLICKS.put(services.kinesis(), warm, clicks);
        List<WorkerChild> children = new ArrayList<>();
        try {
            for (int i = 0; i < crew.workers; i++) {
                children.add(WorkerChild.start(Pipeline.AS_IS_GZIP, services.aws()));
            }
            warmUp(children, warm);
            String application = services.newName("application");
            String bucket = services.newBucket();
            for (int i = 0; i < crew.workers; i++) {
                children.get(i).tell(String.join(" ", "start", application, "worker-" + i, stream, bucket));
            }
            children.forEach(WorkerChild::answer);
            leases.put(crew, balanced(application, crew));
            burst(children, stream, bucket); // the processes meet the shared work for the first time
            Figures figures = new Figures();
            for (int i = 0; i < bursts; i++) {
                figures.add(burst(children, stream, bucket));
            }
            cpuPerMegabyte.put(crew, figures);
            System.out.println(crew + " " + figures.median() + " CPU seconds per MB, leases " + leases.get(crew));
        } finally {
            children.forEach(WorkerChild::close);
            services.deleteStream(stream);
            services.deleteStream(warm);
        }
    }

    /** Each by itself, so that what is compared is as warm with four as with one. */
    private void warmUp(List<WorkerChild> children, String warm) throws IOException {
        String bucket = services.newBucket();
        for (int i = 0; i < WARMUPS; i++) {
            for (WorkerChild child : children) {
                String application = services.newName("application");
                child.tell(String.join(" ", "drain", application, "worker", warm, bucket, Integer.toString(clicks)));
            }
            children.forEach(WorkerChild::answer);
        }
        services.delivered(bucket).delete();
    }

    /** Waits until each has its share, as nearly as may be. */
    private String balanced(String application, Crew crew) {
        long begin = System.nanoTime();
        while (true) {
            Map<String, Integer> held = services.leases(application);
            int sum = held.values().stream().mapToInt(Integer::intValue).sum();
            boolean isEven =
                    held.size() == crew.workers && Collections.max(held.values()) - Collections.min(held.values()) <= 1;
            if ((sum == crew.shards && isEven) || System.nanoTime() - begin > PATIENCE_NANOS) {
                return held.values().stream().map(String::valueOf).collect(Collectors.joining(", "));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** CPU seconds per megabyte of all workers together, from before the first click until the last is committed. */
    private double burst(List<WorkerChild> children, String stream, String bucket) throws IOException {
        WorkerChild.Counts before = counts(children);
        Input.CLICKS.put(services.kinesis(), stream, clicks);
        WorkerChild.Counts now = before;
        while (now.records() < before.records() + clicks) {
            LockSupport.parkNanos(LOOK_NANOS);
            now = counts(children);
        }
        Delivered delivered = services.delivered(bucket);
        Delivered.Content content = delivered.content();
        if (content.rows() != clicks) {
            throw new IllegalStateException(content + " of " + clicks);
        }
        delivered.delete();
        return (now.cpu() - before.cpu()) / (content.bytes() / 1e6);
    }

    private static WorkerChild.Counts counts(List<WorkerChild> children) {
        return children.stream()
                .map(WorkerChild::counts)
                .reduce(new WorkerChild.Counts(0, 0), WorkerChild.Counts::plus);
    }

    @Override
    public void table(StringBuilder text) {
        Report.add(text, "## Workers and shards%n%n");
        Report.add(
                text,
                "CPU milliseconds of all worker processes together per MB of rows, records as they are, GZIP, while bursts of"
                        + " %,d clicks come in. Median of %d bursts, after warming up. Leases as the lease table says before"
                        + " the first burst; KCL assigns them by their number.%n%n",
                clicks,
                bursts);
        Report.add(
                text,
                "| shards | workers | leases | CPU ms per MB | least to most | against 1 worker |%n|---|---|---|---|---|---|%n");
        cpuPerMegabyte.forEach((crew, figures) -> Report.add(
                text,
                "| %d | %d | %s | %s | %.2f |%n",
                crew.shards,
                crew.workers,
                leases.getOrDefault(crew, ""),
                figures.cells("%.1f", 1e3),
                againstOne(crew)));
        text.append('\n');
    }

    private double againstOne(Crew crew) {
        return median(crew) / median(new Crew(crew.shards, 1));
    }

    private double median(Crew crew) {
        return cpuPerMegabyte.getOrDefault(crew, new Figures()).median();
    }

    @Override
    public void goals(StringBuilder text) {
        for (int shards : SHARDS) {
            double most = 0;
            double least = Double.MAX_VALUE;
            for (int workers : WORKERS) {
                most = Math.max(most, median(new Crew(shards, workers)));
                least = Math.min(least, median(new Crew(shards, workers)));
            }
            Report.goal(
                    text,
                    shards + " shards, CPU per MB with 1, 2 and 4 workers, most over least",
                    "at most 1.15",
                    Report.format("%.2f", most / least),
                    most / least <= 1 + GOAL);
        }
    }

    @Override
    public void picture(Picture picture) {
        picture.title("CPU ms per MB, all workers together");
        double most = cpuPerMegabyte.values().stream()
                .mapToDouble(Figures::median)
                .max()
                .orElse(1);
        cpuPerMegabyte.forEach((crew, figures) -> picture.bar(
                crew.shards + " shards, " + crew.workers + (crew.workers == 1 ? " worker" : " workers"),
                figures.median() / most,
                Report.format("%.1f", figures.median() * 1e3)));
    }
}
