package dev.clickstream.benchmarks.delivery;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What a worker holds while many objects are being filled. Not thread-safe. */
final class OpenPrefixes {

    private static final int[] PREFIXES = {1, 100, 2_000};
    private static final long LOOK_NANOS = 100_000_000;

    /** In bytes. */
    private record Memory(long idleHeap, long heap, long peakResident, long open) {}

    private final Services services;
    private final int clicks;
    private final Map<Integer, Memory> memory = new TreeMap<>();

    OpenPrefixes(Services services, int clicks) {
        this.services = services;
        this.clicks = clicks;
    }

    /** The same clicks each time, in one shard, and none is delivered. */
    void run() throws IOException {
        for (int prefixes : PREFIXES) {
            String stream = services.newStream(1);
            try (WorkerChild child =
                    WorkerChild.start(Pipeline.OPEN_PREFIXES, services.aws(), "-Dprefixes=" + prefixes)) {
                child.ask(String.join(
                        " ", "start", services.newName("application"), "worker", stream, services.newBucket()));
                long idle = Long.parseLong(child.ask("memory")[0]);
                Input.CLICKS.put(services.kinesis(), stream, clicks);
                while (child.counts().records() < clicks) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                String[] words = child.ask("memory");
                memory.put(
                        prefixes,
                        new Memory(idle, Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])));
                System.out.println(memory.get(prefixes));
            }
            services.deleteStream(stream);
        }
    }

    void table(StringBuilder text) {
        Report.add(text, "## Memory with open prefixes%n%n");
        Report.add(
                text,
                "%,d clicks of one shard are gathered in so many objects and none is delivered yet; the worker's JVM has the"
                        + " settings of all. Heap is what is used after a collection, resident memory its peak.%n%n",
                clicks);
        Report.add(
                text,
                "| prefixes | open, by the worker's gauge | heap before, MB | heap, MB | peak resident, MB"
                        + " |%n|---|---|---|---|---|%n");
        memory.forEach((prefixes, held) -> Report.add(
                text,
                "| %,d | %,d | %.1f | %.1f | %.0f |%n",
                prefixes,
                held.open(),
                held.idleHeap() / 1e6,
                held.heap() / 1e6,
                held.peakResident() / 1e6));
        text.append('\n');
    }

    void picture(Picture picture) {
        picture.title("Heap after a collection, MB, with open prefixes");
        double most = memory.values().stream().mapToDouble(Memory::heap).max().orElse(1);
        memory.forEach((prefixes, held) -> picture.bar(
                Report.format("%,d", prefixes), held.heap() / most, Report.format("%.1f", held.heap() / 1e6)));
    }
}
