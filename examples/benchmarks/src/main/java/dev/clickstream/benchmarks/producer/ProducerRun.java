package dev.clickstream.benchmarks.producer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.clickstream.event.ClickEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One peer in a process of its own: warms up on one stream, then sends to another and says what that took. */
public final class ProducerRun {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LongAdder bySenders = new LongAdder();
    private double cpuAtTheEnd;
    private long allocatedAtTheEnd;

    private ProducerRun() {}

    /**
     * Runs it, and prints {@code BEGIN} and then the numbers of the part that counts.
     *
     * @param args the peer, the endpoint, both streams, how many events, times to warm up, threads, events per second
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Peer.Connection connection = Peer.valueOf(args[0]).connect(URI.create(args[1]));
        List<ClickEvent> events = Clicks.make(Integer.parseInt(args[4]));
        List<List<ClickEvent>> parts = parts(events, Integer.parseInt(args[6]));
        for (int i = 0; i < Integer.parseInt(args[5]); i++) {
            new ProducerRun()
                    .send(
                            connection.open(args[2], events.size()),
                            parts,
                            new Latencies(events.size()),
                            Double.POSITIVE_INFINITY);
        }
        System.out.println("BEGIN");
        double[] numbers = new ProducerRun()
                .measure(connection.open(args[3], events.size()), parts, events.size(), Double.parseDouble(args[7]));
        System.out.println(
                "RESULT " + Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" ")));
        System.exit(0);
    }

    private double[] measure(Peer.Session session, List<List<ClickEvent>> parts, int events, double perSecond)
            throws InterruptedException {
        Latencies latencies = new Latencies(events);
        Hiccups hiccups = new Hiccups();
        hiccups.start();
        double cpu = cpuSeconds();
        long allocated = allocatedBytes();
        long begin = System.nanoTime();
        send(session, parts, latencies, perSecond);
        double wall = (System.nanoTime() - begin) / 1e9;
        return new double[] {
            wall,
            cpuAtTheEnd - cpu,
            (double) (allocatedAtTheEnd + bySenders.sum() - allocated) / events,
            peakBytes(),
            hiccups.quantile(0.99),
            latencies.quantile(Result.QUANTILES.get(0)),
            latencies.quantile(Result.QUANTILES.get(1)),
            latencies.quantile(Result.QUANTILES.get(2))
        };
    }

    /** A visitor's events are all one thread's, or they would have no order. */
    private static List<List<ClickEvent>> parts(List<ClickEvent> events, int threads) {
        List<List<ClickEvent>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            parts.add(new ArrayList<>());
        }
        events.forEach(event -> parts.get(Math.floorMod(Objects.hashCode(event.userPseudoId()), threads))
                .add(event));
        return parts;
    }

    private void send(Peer.Session session, List<List<ClickEvent>> parts, Latencies latencies, double perSecond)
            throws InterruptedException {
        int count = parts.stream().mapToInt(List::size).sum();
        List<Thread> threads = parts.stream()
                .map(part -> new Thread(() -> {
                    session.send(part, new Pacer(perSecond * part.size() / count), latencies);
                    bySenders.add(THREADS.getThreadAllocatedBytes(
                            Thread.currentThread().getId()));
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        session.finish();
        cpuAtTheEnd = cpuSeconds();
        allocatedAtTheEnd = allocatedBytes();
        session.close();
    }

    private static Stream<ProcessHandle> tree() {
        return Stream.concat(
                Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
    }

    /** Of this process and its children. */
    private static double cpuSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Duration children = ProcessHandle.current()
                .descendants()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
        return system.getProcessCpuTime() / 1e9 + children.toMillis() / 1e3;
    }

    /** By the threads that there are; the senders' have ended before the end is measured, and are counted apart. */
    private static long allocatedBytes() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** As Linux says; 0 elsewhere. */
    private static double peakBytes() {
        return tree().mapToDouble(process -> {
                    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
                        return lines.filter(line -> line.startsWith("VmHWM:"))
                                .mapToDouble(line -> 1_024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
                                .sum();
                    } catch (IOException e) {
                        return 0;
                    }
                })
                .sum();
    }
}
