package dev.clickstream.benchmarks.producer;

import com.sun.management.OperatingSystemMXBean;
import dev.clickstream.event.ClickEvent;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** One peer in a process of its own: warms up on one stream, then sends to another and says what that took. */
public final class ProducerRun {

    static final int WARMUPS = 4;

    private ProducerRun() {}

    /**
     * Runs it, and prints wall and CPU seconds of the part that counts.
     *
     * @param args the peer, the endpoint, both streams, how many events
     */
    public static void main(String[] args) {
        Peer.Sender sender = Peer.valueOf(args[0]).open(URI.create(args[1]));
        List<ClickEvent> events = Clicks.make(Integer.parseInt(args[4]));
        for (int i = 0; i < WARMUPS; i++) {
            sender.send(args[2], events);
        }
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        sender.send(args[3], events);
        double wall = (System.nanoTime() - begin) / 1e9;
        System.out.println("RESULT " + wall + " " + (cpuSeconds() - cpu));
        System.exit(0);
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
}
