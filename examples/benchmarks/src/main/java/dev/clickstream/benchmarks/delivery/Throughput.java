package dev.clickstream.benchmarks.delivery;

import static java.util.Objects.requireNonNull;

import dev.clickstream.benchmarks.delivery.CompressionRun.Codec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a CPU second delivers of a backlog, beside the compression alone. Not thread-safe. */
final class Throughput implements Part {

    private static final int SHARDS = 8;
    private static final int WARMUPS = Integer.getInteger("warmups", 4);
    private static final double GOAL = 0.8;

    /** Who runs in each round, in this order. */
    enum Subject {
        LOG_OURS("ours", "as is, GZIP", Input.LOG, Pipeline.AS_IS_GZIP, null),
        LOG_SINK("our S3Sink, from memory", "as is, GZIP", Input.LOG, null, null),
        LOG_ALONE("GZIPOutputStream alone", "GZIP", Input.LOG, null, Codec.GZIP),
        LOG_PLAIN("plain KCL", "as is, GZIP", Input.LOG, Pipeline.PLAIN_KCL, null),
        CLICKS_OURS("ours", "as is, GZIP", Input.CLICKS, Pipeline.AS_IS_GZIP, null),
        CLICKS_SINK("our S3Sink, from memory", "as is, GZIP", Input.CLICKS, null, null),
        CLICKS_ALONE("GZIPOutputStream alone", "GZIP", Input.CLICKS, null, Codec.GZIP),
        CLICKS_LINES("ours", "JSON lines, GZIP", Input.CLICKS, Pipeline.JSON_LINES_GZIP, null),
        CLICKS_PLAIN("plain KCL", "as is, GZIP", Input.CLICKS, Pipeline.PLAIN_KCL, null),
        CLICKS_ZSTANDARD("ours", "as is, Zstandard", Input.CLICKS, Pipeline.AS_IS_ZSTANDARD, null),
        ZSTANDARD_ALONE("zstd-jni alone", "Zstandard", Input.CLICKS, null, Codec.ZSTANDARD);

        final String title;
        final String format;
        final Input input;
        final @Nullable Pipeline pipeline;
        final @Nullable Codec codec;

        Subject(String title, String format, Input input, @Nullable Pipeline pipeline, @Nullable Codec codec) {
            this.title = title;
            this.format = format;
            this.input = input;
            this.pipeline = pipeline;
            this.codec = codec;
        }

        /** What it is measured by. */
        Subject alone() {
            if (this == CLICKS_ZSTANDARD || this == ZSTANDARD_ALONE) {
                return ZSTANDARD_ALONE;
            }
            return input == Input.LOG ? LOG_ALONE : CLICKS_ALONE;
        }
    }

    /** A stream that is full, and its rows as a file once they have been delivered. */
    private record Backlog(String stream, int records, Path rows) {}

    private final Services services;
    private final Path folder;
    private final int rounds;
    private final int logRecords;
    private final int clicks;
    private final Map<Input, Backlog> backlogs = new EnumMap<>(Input.class);
    private final Map<Subject, WorkerChild> children = new EnumMap<>(Subject.class);
    private final Map<Input, Delivered.Content> contents = new EnumMap<>(Input.class);
    private final Map<Subject, Figures> bytesPerCpuSecond = new EnumMap<>(Subject.class);
    private final Map<Subject, Figures> ratios = new EnumMap<>(Subject.class);

    Throughput(Services services, Path folder, int rounds, int logRecords, int clicks) {
        this.services = services;
        this.folder = folder;
        this.rounds = rounds;
        this.logRecords = logRecords;
        this.clicks = clicks;
    }

    @Override
    public void run() throws IOException {
        try {
            begin();
            for (int i = 0; i < rounds; i++) {
                round();
            }
        } finally {
            children.values().forEach(WorkerChild::close);
        }
    }

    /** Fills the streams and warms everybody up. */
    private void begin() throws IOException {
        fill(Input.LOG, logRecords);
        fill(Input.CLICKS, clicks);
        for (Subject subject : Subject.values()) {
            children.put(subject, start(subject));
            for (int i = 0; i < WARMUPS; i++) {
                cpuSeconds(subject);
            }
        }
    }

    private void fill(Input input, int records) {
        String stream = services.newStream(SHARDS);
        input.put(services.kinesis(), stream, records);
        backlogs.put(input, new Backlog(stream, records, folder.resolve(input + ".rows")));
    }

    private WorkerChild start(Subject subject) throws IOException {
        return subject.codec != null
                ? WorkerChild.start(subject.codec)
                : WorkerChild.start(subject.pipeline == null ? Pipeline.AS_IS_GZIP : subject.pipeline, services.aws());
    }

    private void round() throws IOException {
        Map<Subject, Double> round = new EnumMap<>(Subject.class);
        for (Subject subject : Subject.values()) {
            double cpu = cpuSeconds(subject);
            double rate = content(subject.input).bytes() / cpu;
            round.put(subject, rate);
            bytesPerCpuSecond.computeIfAbsent(subject, s -> new Figures()).add(rate);
            System.out.printf("%s %.1f MB per CPU second%n", subject, rate / 1e6);
        }
        round.forEach((subject, rate) -> ratios.computeIfAbsent(subject, s -> new Figures())
                .add(rate / requireNonNull(round.get(subject.alone()))));
    }

    private double cpuSeconds(Subject subject) throws IOException {
        WorkerChild child = requireNonNull(children.get(subject));
        Backlog backlog = requireNonNull(backlogs.get(subject.input));
        if (subject.codec != null) {
            return Double.parseDouble(child.ask(backlog.rows().toString())[0]);
        }
        String bucket = services.newBucket();
        String command = subject.pipeline == null
                ? String.join(" ", "sink", bucket, backlog.rows().toString())
                : String.join(
                        " ",
                        "drain",
                        services.newName("application"),
                        "worker",
                        backlog.stream(),
                        bucket,
                        Integer.toString(backlog.records()));
        String[] wallAndCpu = child.ask(command);
        check(services.delivered(bucket), subject.input, backlog);
        return Double.parseDouble(wallAndCpu[1]);
    }

    /** All rows are there; those of the first delivery of an input are kept. */
    private void check(Delivered delivered, Input input, Backlog backlog) throws IOException {
        boolean isFirst = !contents.containsKey(input);
        try (OutputStream out = isFirst ? Files.newOutputStream(backlog.rows()) : OutputStream.nullOutputStream()) {
            Delivered.Content content = delivered.copyTo(out);
            if (content.rows() != backlog.records()) {
                throw new IllegalStateException(content + " of " + backlog);
            }
            contents.putIfAbsent(input, content);
        }
        delivered.delete();
    }

    private Delivered.Content content(Input input) {
        return requireNonNull(contents.get(input), "delivered first");
    }

    @Override
    public void table(StringBuilder text) {
        Report.add(text, "## A CPU second%n%n");
        Report.add(
                text,
                "A backlog in %d shards, read and delivered by a process that has done it %d times before, against which"
                        + " GZIPOutputStream and zstd-jni (level 3) compress the very bytes that were delivered, in pieces"
                        + " of 64 KiB. Objects are cut at 5 MiB of rows. Log: CloudFront's 45 fields, one in a Kinesis"
                        + " record, %s: %s. Clicks: JSON, aggregated as by the KPL: %s. The plain KCL application"
                        + " compresses, puts under a random name and checkpoints: at least once. Medians of %d rounds,"
                        + " which go through all in turn.%n%n",
                SHARDS,
                WARMUPS,
                source(),
                described(Input.LOG),
                described(Input.CLICKS),
                requireNonNull(ratios.get(Subject.LOG_OURS)).count());
        Report.add(
                text,
                "| records | who | format | MB per CPU second | least to most | records per CPU second | against the"
                        + " compression alone | least to most |%n|---|---|---|---|---|---|---|---|%n");
        for (Subject subject : Subject.values()) {
            Figures rate = requireNonNull(bytesPerCpuSecond.get(subject));
            Delivered.Content content = content(subject.input);
            Report.add(
                    text,
                    "| %s | %s | %s | %s | %,.0f | %s |%n",
                    subject.input.name().toLowerCase(Locale.ROOT),
                    subject.title,
                    subject.format,
                    rate.cells("%.1f", 1e-6),
                    rate.median() * content.rows() / content.bytes(),
                    requireNonNull(ratios.get(subject)).cells("%.2f", 1));
        }
        text.append('\n');
    }

    private static String source() {
        String file = System.getProperty("records", "");
        return file.isEmpty() ? "drawn from a seed" : "of " + Path.of(file).getFileName();
    }

    private String described(Input input) {
        Delivered.Content content = content(input);
        return Report.format(
                "%,d records of %d bytes, %.1f MB, %.1f MB compressed",
                content.rows(),
                content.bytes() / content.rows(),
                content.bytes() / 1e6,
                content.compressedBytes() / 1e6);
    }

    @Override
    public void goals(StringBuilder text) {
        goal(text, Subject.LOG_OURS, "stream to S3, log records as they are, GZIP");
        goal(text, Subject.CLICKS_OURS, "stream to S3, clicks as they are, GZIP");
        goal(text, Subject.LOG_SINK, "memory to S3, log records as they are, GZIP");
        goal(text, Subject.CLICKS_SINK, "memory to S3, clicks as they are, GZIP");
    }

    private void goal(StringBuilder text, Subject subject, String what) {
        Report.goal(
                text,
                what + ": bytes per CPU second against GZIPOutputStream alone",
                "at least 0.8",
                Report.format("%.2f", median(subject)),
                median(subject) >= GOAL);
    }

    private double median(Subject subject) {
        return requireNonNull(ratios.get(subject)).median();
    }

    @Override
    public void picture(Picture picture) {
        for (Input input : Input.values()) {
            picture.title("MB per CPU second, " + input.name().toLowerCase(Locale.ROOT));
            double most = 0;
            for (Subject subject : Subject.values()) {
                most = Math.max(most, subject.input == input ? rate(subject) : 0);
            }
            for (Subject subject : Subject.values()) {
                if (subject.input == input) {
                    String value =
                            Report.format("%.1f (%.2f of the compression alone)", rate(subject), median(subject));
                    picture.bar(subject.title + ", " + subject.format, rate(subject) / most, value);
                }
            }
        }
    }

    private double rate(Subject subject) {
        return requireNonNull(bytesPerCpuSecond.get(subject)).median() / 1e6;
    }
}
