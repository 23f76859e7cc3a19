package dev.clickstream.benchmarks.delivery;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.ClickstreamProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** From the call that sends a click until an object with it can be listed and read. Not thread-safe. */
final class ClickLatency implements Part {

    private static final List<Pipeline> PIPELINES = List.of(Pipeline.ONE_SECOND, Pipeline.ONE_SECOND_POLLING);
    private static final int SHARDS = 4;
    private static final int CLICKS_PER_SECOND = 40;

    /** What comes while processes are new is not counted. */
    private static final int UNCOUNTED = 10 * CLICKS_PER_SECOND;

    private static final long LOOK_NANOS = 20_000_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final double GOAL_SECONDS = 3;

    /** The local S3 lists what is still being written, under longer names. */
    private static final String SUFFIX = ".gz";

    private final Services services;
    private final int clicks;
    private final Map<Pipeline, Figures> seconds = new EnumMap<>(Pipeline.class);

    ClickLatency(Services services, int clicks) {
        this.services = services;
        this.clicks = UNCOUNTED + clicks;
    }

    /** Both read the same clicks at the same time. */
    @Override
    public void run() throws IOException, InterruptedException {
        String stream = services.newStream(SHARDS);
        long[] sent = new long[clicks];
        List<WorkerChild> children = new ArrayList<>();
        List<Watch> watches = new ArrayList<>();
        try {
            for (Pipeline pipeline : PIPELINES) {
                WorkerChild child = WorkerChild.start(pipeline, services.aws());
                children.add(child);
                String bucket = services.newBucket();
                String application = services.newName("application");
                child.ask(String.join(" ", "start", application, "worker", stream, bucket));
                watches.add(new Watch(services.aws().clients().s3(), bucket, clicks));
            }
            watches.forEach(Thread::start);
            send(stream, sent);
            for (Watch watch : watches) {
                watch.join();
            }
        } finally {
            children.forEach(WorkerChild::close);
        }
        for (int i = 0; i < PIPELINES.size(); i++) {
            seconds.put(PIPELINES.get(i), latencies(sent, watches.get(i).seen));
        }
    }

    /** At random moments, one after the other as many a second as a busy shop's. */
    private void send(String stream, long[] sent) {
        Random random = new Random(sent.length);
        Clicks events = new Clicks(sent.length);
        try (ClickstreamProducer producer = Input.producer(services.kinesis(), stream)) {
            long next = System.nanoTime();
            for (int i = 0; i < sent.length; i++) {
                next += (long) (-Math.log(1 - random.nextDouble()) / CLICKS_PER_SECOND * 1e9);
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                ClickEvent event = events.next(Integer.toString(i));
                sent[i] = System.nanoTime();
                var unused = producer.send(event);
            }
        }
    }

    private static Figures latencies(long[] sent, long[] seen) {
        Figures figures = new Figures();
        for (int i = UNCOUNTED; i < sent.length; i++) {
            if (seen[i] == 0) {
                throw new IllegalStateException("click " + i + " is in no object");
            }
            figures.add((seen[i] - sent[i]) / 1e9);
        }
        return figures;
    }

    /** Lists a bucket again and again, and reads what is new. */
    private static final class Watch extends Thread {

        private final S3Client s3;
        private final String bucket;
        private final long[] seen;
        private final Set<String> read = new HashSet<>();
        private int left;

        Watch(S3Client s3, String bucket, int clicks) {
            this.s3 = s3;
            this.bucket = bucket;
            this.seen = new long[clicks];
            this.left = clicks;
            setDaemon(true);
        }

        @Override
        public void run() {
            long begin = System.nanoTime();
            while (left > 0
                    && System.nanoTime() - begin < PATIENCE_NANOS + seen.length * 1_000_000_000L / CLICKS_PER_SECOND) {
                for (S3Object object :
                        s3.listObjectsV2Paginator(l -> l.bucket(bucket)).contents()) {
                    if (object.key().endsWith(SUFFIX) && read.add(object.key())) {
                        read(object.key());
                    }
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        private void read(String key) {
            try (GZIPInputStream in =
                    new GZIPInputStream(s3.getObject(g -> g.bucket(bucket).key(key)))) {
                String rows = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                long now = System.nanoTime();
                rows.lines()
                        .forEach(row -> see(
                                Integer.parseInt(ClickEvent.fromJson(row.getBytes(StandardCharsets.UTF_8))
                                        .eventId()),
                                now));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void see(int click, long now) {
            if (seen[click] != 0) {
                throw new IllegalStateException("click " + click + " is in two objects");
            }
            seen[click] = now;
            left--;
        }
    }

    @Override
    public void table(StringBuilder text) {
        Report.add(text, "## From click to queryable object%n%n");
        Report.add(
                text,
                "%,d clicks, %d a second at random moments, to %d shards: seconds from the call of `send` until an object with"
                        + " the click was listed and read, looked for every %d ms. The producer lingers 100 ms, the worker"
                        + " buffers a second.%n%n",
                clicks - UNCOUNTED,
                CLICKS_PER_SECOND,
                SHARDS,
                LOOK_NANOS / 1_000_000);
        Report.add(text, "| read by | 50 %% | 95 %% | 99 %% | most |%n|---|---|---|---|---|%n");
        seconds.forEach((pipeline, figures) -> Report.add(
                text,
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                title(pipeline),
                figures.median(),
                figures.quantile(0.95),
                figures.quantile(0.99),
                figures.quantile(1)));
        text.append('\n');
    }

    private static String title(Pipeline pipeline) {
        return pipeline == Pipeline.ONE_SECOND ? "enhanced fan-out, the default" : "polling, as KCL does it by default";
    }

    @Override
    public void goals(StringBuilder text) {
        seconds.forEach((pipeline, figures) -> Report.goal(
                text,
                "click to queryable object, 95 %, 1 s of buffering, " + title(pipeline),
                "at most 3 s",
                Report.format("%.2f s", figures.quantile(0.95)),
                figures.quantile(0.95) <= GOAL_SECONDS));
    }

    @Override
    public void picture(Picture picture) {
        picture.title("Seconds from click to queryable object");
        double most = seconds.values().stream()
                .mapToDouble(f -> f.quantile(0.99))
                .max()
                .orElse(1);
        seconds.forEach((pipeline, figures) -> {
            for (int percent : new int[] {50, 95, 99}) {
                double value = figures.quantile(percent / 100.0);
                String label = (pipeline == Pipeline.ONE_SECOND ? "fan-out, " : "polling, ") + percent + " %";
                picture.bar(label, value / most, Report.format("%.2f", value));
            }
        });
    }
}
