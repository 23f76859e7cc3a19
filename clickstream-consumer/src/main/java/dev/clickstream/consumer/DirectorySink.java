package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes each batch as a file of lines into a directory of the local file system:
 * {@code <stream>-<shard>-<first sequence number>.lines}, and what failed to {@code ….failed} beside it. Thread-safe.
 *
 * <p>A file appears whole or not at all: it is written beside its place and renamed. One that is delivered again
 * replaces itself; a batch that is no longer what it was does not replace anything.
 */
public final class DirectorySink implements Sink {
    private final Path directory;

    /**
     * A sink.
     *
     * @param directory made when it is not there
     */
    public DirectorySink(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    @Override
    public void deliver(Batch batch) throws IOException {
        BatchId id = batch.id();
        String name = id.stream() + "-" + id.shardId() + "-" + id.firstSequenceNumber();
        write(name + ".lines", batch.content(), batch.rows().stream().map(Row::data));
        write(name + ".failed", batch.content(), batch.failures().stream().map(FailedRecord::data));
    }

    private void write(String name, Batch.Content content, Stream<byte[]> lines) throws IOException {
        List<byte[]> all = lines.toList();
        Path file = directory.resolve(name);
        if (all.isEmpty() || (content == Batch.Content.DIFFERENT && Files.exists(file))) {
            return;
        }
        Files.createDirectories(directory);
        Path unfinished = Files.createTempFile(directory, "." + name, ".unfinished");
        try {
            try (FileOutputStream bytes = new FileOutputStream(unfinished.toFile());
                    OutputStream out = new BufferedOutputStream(bytes)) {
                for (byte[] line : all) {
                    out.write(line);
                    out.write('\n');
                }
                out.flush();
                bytes.getFD().sync(); // what is committed must outlive a power cut
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    @Override
    public String configuration() {
        return name() + "\n" + directory.toAbsolutePath();
    }
}
