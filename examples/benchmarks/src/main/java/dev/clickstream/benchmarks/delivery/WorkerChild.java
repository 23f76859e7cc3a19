package dev.clickstream.benchmarks.delivery;

import dev.clickstream.local.aws.LocalAws;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link WorkerRun} or {@link CompressionRun}, as the process that measures sees it. Not thread-safe. */
final class WorkerChild implements AutoCloseable {

    /** A young generation that holds what is being read, so that it is not copied again and again. */
    static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g", "-Xmn640m");

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    private WorkerChild(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    static WorkerChild start(Pipeline pipeline, LocalAws aws) throws IOException {
        return start(JVM, pipeline, aws);
    }

    static WorkerChild start(List<String> jvm, Pipeline pipeline, LocalAws aws) throws IOException {
        return java(
                jvm,
                WorkerRun.class.getName(),
                pipeline.name(),
                aws.kinesisEndpoint().toString(),
                aws.dynamoDbEndpoint().toString(),
                aws.s3Endpoint().toString());
    }

    static WorkerChild start(CompressionRun.Codec codec) throws IOException {
        return java(JVM, CompressionRun.class.getName(), codec.name());
    }

    /** A process with this one's class path. */
    private static WorkerChild java(List<String> jvm, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(arguments));
        return new WorkerChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the answer to what was told first and not answered yet. */
    String[] answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(WorkerRun.ANSWER)) {
                    return line.substring(WorkerRun.ANSWER.length()).split(" ", -1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("a process has ended without an answer");
    }

    String[] ask(String command) {
        tell(command);
        return answer();
    }

    /** Its counts: records, CPU seconds. */
    Counts counts() {
        String[] words = ask("counts");
        return new Counts(Long.parseLong(words[0]), Double.parseDouble(words[1]));
    }

    /** What a process has done since it started. */
    record Counts(long records, double cpu) {
        Counts plus(Counts other) {
            return new Counts(records + other.records, cpu + other.cpu);
        }
    }

    /** It delivers nothing more. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
