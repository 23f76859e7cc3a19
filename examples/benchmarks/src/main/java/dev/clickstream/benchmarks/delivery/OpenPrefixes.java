package dev.clickstream.benchmarks.delivery;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What a worker holds while many objects are being filled. Not thread-safe. */
final class OpenPrefixes implements Part {

    private static final int[] PREFIXES = {1, 100, 2_000};
    private static final long LOOK_NANOS = 100_000_000;
    private static final String HEAP = "-Xmx256m";
    private static final int LOOKS = 5;
    private static final long SETTLING_NANOS = 500_000_000;

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
    @Override
    public void run() throws IOException {
        for (int prefixes : PREFIXES) {
            String stream = services.newStream(1);
            try (WorkerChild child = WorkerChild.start(jvm(prefixes), Pipeline.OPEN_PREFIXES, services.aws())) {
                child.ask(String.join(
                        " ", "start", services.newName("application"), "worker", stream, services.newBucket()));
                gather(child, stream, 1); // once it reads, the worker is complete
                Memory idle = settled(child);
                gather(child, stream, clicks - 1);
                Memory full = settled(child);
                memory.put(prefixes, new Memory(idle.heap(), full.heap(), full.peakResident(), full.open()));
                System.out.println(memory.get(prefixes));
            }
            services.deleteStream(stream);
        }
    }

    private static List<String> jvm(int prefixes) {
        return List.of("-XX:+UseSerialGC", HEAP, "-Dprefixes=" + prefixes);
    }

    private void gather(WorkerChild child, String stream, int more) {
        long before = child.counts().records();
        Input.CLICKS.put(services.kinesis(), stream, more);
        while (child.counts().records() < before + more) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** When what KCL had read ahead is gone. */
    private static Memory settled(WorkerChild child) {
        Memory least = new Memory(0, Long.MAX_VALUE, 0, 0);
        for (int i = 0; i < LOOKS; i++) {
            LockSupport.parkNanos(SETTLING_NANOS);
            String[] words = child.ask("memory");
            long heap = Long.parseLong(words[0]);
            if (heap < least.heap()) {
                least = new Memory(0, heap, Long.parseLong(words[1]), Long.parseLong(words[2]));
            }
        }
        return least;
    }

    @Override
    public void table(StringBuilder text) {
        Report.add(text, "## Memory with open prefixes%n%n");
        Report.add(
                text,
                "%,d clicks of one shard are gathered in so many objects and none is delivered yet, in a JVM with %s. Heap is"
                        + " what is used after a collection; before, when it has read a single click. Resident memory is the"
                        + " peak of the process.%n%n",
                clicks,
                HEAP);
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

    @Override
    public void picture(Picture picture) {
        picture.title("Heap after a collection, MB, with open prefixes");
        double most = memory.values().stream().mapToDouble(Memory::heap).max().orElse(1);
        memory.forEach((prefixes, held) -> picture.bar(
                Report.format("%,d", prefixes), held.heap() / most, Report.format("%.1f", held.heap() / 1e6)));
    }
}
