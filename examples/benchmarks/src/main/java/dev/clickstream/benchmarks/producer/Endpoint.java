package dev.clickstream.benchmarks.producer;

import com.sun.management.OperatingSystemMXBean;
import dev.clickstream.local.kinesis.Fault;
import dev.clickstream.local.kinesis.LocalKinesis;
import dev.clickstream.local.kinesis.ThroughputLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** The endpoint, in this process, and trials of senders, each in a process of its own. Not thread-safe. */
final class Endpoint implements AutoCloseable {

    private static final int WARMUPS = Integer.getInteger("warmups", 8);

    private final LocalKinesis kinesis =
            LocalKinesis.builder().tls().throughputLimits(ThroughputLimits.OFF).start();
    private final KinesisAsyncClient client = Clients.kinesis(kinesis.tlsEndpoint());

    /** An option for the senders' JVMs, for instance to record a profile; this default changes nothing. */
    private static final String SENDER_JVM = System.getProperty("sender.jvm", "-Xshare:auto");

    private int streams;

    /** Sends, and reads back what is there. */
    Result run(Trial trial) throws IOException, InterruptedException {
        String warm = create(trial.shards());
        String stream = create(trial.shards());
        kinesis.faults(1, trial.faults().set());
        List<Double> numbers = start(
                ProducerRun.class,
                trial.peer().name(),
                kinesis.tlsEndpoint().toString(),
                warm,
                stream,
                Integer.toString(trial.events()),
                Integer.toString(WARMUPS),
                Integer.toString(trial.threads()),
                Double.toString(trial.perSecond()));
        kinesis.faults(1);
        ReadBack back = ReadBack.of(client, stream);
        delete(warm);
        delete(stream);
        return new Result(
                numbers.get(1),
                numbers.get(2),
                numbers.get(0),
                numbers.get(3),
                numbers.get(4),
                numbers.get(5),
                numbers.subList(6, 9),
                trial.events() - back.events(),
                back.outOfOrder(),
                back.again());
    }

    /** The bound, the most that our producer held, and how many events it dropped, with a stream that never answers. */
    List<Double> gone(int boundMebibytes) throws IOException, InterruptedException {
        String warm = create(8);
        String stream = create(8);
        kinesis.faults(1, Fault.latency(Duration.ofMinutes(5)).on("PutRecords").stream(stream));
        List<Double> numbers =
                start(GoneRun.class, kinesis.tlsEndpoint().toString(), warm, stream, Integer.toString(boundMebibytes));
        kinesis.faults(1);
        delete(warm);
        delete(stream);
        return numbers.subList(1, 4);
    }

    /** What the process tells in the end, behind the CPU seconds of this one since it said that it begins. */
    private static List<Double> start(Class<?> main, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                SENDER_JVM,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(Arrays.asList(args));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Double> numbers = new ArrayList<>();
        double cpu = cpuSeconds();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("BEGIN")) {
                    cpu = cpuSeconds();
                } else if (line.startsWith("RESULT ")) {
                    numbers.add(cpuSeconds() - cpu);
                    Arrays.stream(line.substring("RESULT ".length()).split(" ", -1))
                            .forEach(word -> numbers.add(Double.valueOf(word)));
                }
            }
        }
        process.waitFor();
        if (numbers.isEmpty()) {
            throw new IllegalStateException(String.join(" ", args) + " has not ended well");
        }
        return numbers;
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private String create(int shards) {
        String name = "clicks-" + ++streams;
        client.createStream(c -> c.streamName(name).shardCount(shards)).join();
        client.waiter().waitUntilStreamExists(d -> d.streamName(name)).join();
        return name;
    }

    private void delete(String stream) {
        client.deleteStream(d -> d.streamName(stream)).join();
    }

    @Override
    public void close() {
        client.close();
        kinesis.close();
    }
}
