package dev.clickstream.benchmarks.delivery;

import com.sun.management.OperatingSystemMXBean;
import dev.clickstream.local.aws.LocalClients;
import dev.clickstream.local.aws.QuickKcl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.lifecycle.TaskExecutionListener;
import software.amazon.kinesis.lifecycle.events.TaskExecutionListenerInput;

/**
 * A pipeline in a process of its own. It does what the lines of its standard input say, answers each with a line, and ends
 * with its input.
 */
public final class WorkerRun {

    /** What an answer begins with; other lines are a library's. */
    static final String ANSWER = "RESULT ";

    private static final long LOOK_NANOS = 10_000_000;

    private final LocalClients clients;
    private final Pipeline pipeline;
    private Pipeline.@Nullable Running running;

    private WorkerRun(LocalClients clients, Pipeline pipeline) {
        this.clients = clients;
        this.pipeline = pipeline;
    }

    /**
     * Runs it.
     *
     * @param args the pipeline, the endpoints of Kinesis, DynamoDB and S3
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        LocalClients clients = LocalClients.of(URI.create(args[1]), URI.create(args[2]), URI.create(args[3]));
        WorkerRun run = new WorkerRun(clients, Pipeline.valueOf(args[0]));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(ANSWER + run.does(line.split(" ", -1)));
        }
        // What is open is not delivered any more, and KCL may leave threads behind.
        Runtime.getRuntime().halt(0);
    }

    private String does(String[] words) throws IOException {
        return switch (words[0]) {
            case "drain" -> drain(task(words), Long.parseLong(words[5]));
            case "start" -> {
                running = open(task(words), new Begin());
                yield "started";
            }
            case "sink" -> "0 " + SinkRun.deliver(clients.s3(), words[1], Path.of(words[2]));
            case "counts" -> running().records() + " " + cpuSeconds();
            case "memory" -> memory();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static Pipeline.Task task(String[] words) {
        return new Pipeline.Task(words[1], words[2], words[3], words[4]);
    }

    private Pipeline.Running open(Pipeline.Task task, Begin begin) {
        QuickKcl.prepareLeases(clients.dynamoDb(), clients.kinesis(), task.application(), task.stream());
        return pipeline.open(clients, task, begin);
    }

    private Pipeline.Running running() {
        if (running == null) {
            throw new IllegalStateException("nothing was started");
        }
        return running;
    }

    /** Wall and CPU seconds from when KCL begins with the first shard until the last record is committed. */
    private String drain(Pipeline.Task task, long records) {
        Begin begin = new Begin();
        try (Pipeline.Running draining = open(task, begin)) {
            while (draining.records() < records) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            double cpu = cpuSeconds() - begin.cpu;
            return (System.nanoTime() - begin.nanos) / 1e9 + " " + cpu;
        }
    }

    /** Heap that is used after a collection, peak of resident memory, and objects that are being filled. */
    private String memory() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return heap + " " + peakResidentBytes() + " " + running().openPrefixes();
    }

    /** As Linux tells it; 0 elsewhere. */
    private static long peakResidentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    /** User and system, of this process. */
    static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /** Keeps when KCL began with the first shard: nothing has been read then. */
    private static final class Begin implements TaskExecutionListener {
        private double cpu;
        private long nanos;

        @Override
        public synchronized void beforeTaskExecution(TaskExecutionListenerInput input) {
            if (nanos == 0) {
                cpu = cpuSeconds();
                nanos = System.nanoTime();
            }
        }

        @Override
        public void afterTaskExecution(TaskExecutionListenerInput input) {}
    }
}
