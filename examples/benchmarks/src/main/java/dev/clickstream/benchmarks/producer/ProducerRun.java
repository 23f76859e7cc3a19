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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One peer in a process of its own: warms up on one stream, then sends to another and says what that took. */
public final class ProducerRun {

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
            send(connection, args[2], parts, events.size(), Double.POSITIVE_INFINITY);
        }
        System.out.println("BEGIN");
        double cpu = cpuSeconds();
        long allocated = allocatedBytes();
        long begin = System.nanoTime();
        Latencies latencies = send(connection, args[3], parts, events.size(), Double.parseDouble(args[7]));
        double wall = (System.nanoTime() - begin) / 1e9;
        double[] numbers = {
            wall,
            cpuSeconds() - cpu,
            (double) (allocatedBytes() - allocated) / events.size(),
            peakBytes(),
            latencies.quantile(Result.QUANTILES.get(0)),
            latencies.quantile(Result.QUANTILES.get(1)),
            latencies.quantile(Result.QUANTILES.get(2))
        };
        System.out.println(
                "RESULT " + Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" ")));
        System.exit(0);
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

    private static Latencies send(
            Peer.Connection connection, String stream, List<List<ClickEvent>> parts, int count, double perSecond)
            throws InterruptedException {
        Latencies latencies = new Latencies(count);
        Peer.Session session = connection.open(stream, count);
        List<Thread> threads = parts.stream()
                .map(part ->
                        new Thread(() -> session.send(part, new Pacer(perSecond * part.size() / count), latencies)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        session.finish();
        return latencies;
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

    /** By the threads that there are; those of the clients live on. */
    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
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
