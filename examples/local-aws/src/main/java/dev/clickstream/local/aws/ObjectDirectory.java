package dev.clickstream.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the objects are: a directory of the user's, which stays, or a temporary one, which goes when it is closed. */
record ObjectDirectory(Path path, Lifetime lifetime) implements AutoCloseable {
    enum Lifetime {
        KEPT,
        TEMPORARY
    }

    static ObjectDirectory of(@Nullable Path chosen) {
        if (chosen != null) {
            return new ObjectDirectory(chosen.toAbsolutePath().normalize(), Lifetime.KEPT);
        }
        try {
            return new ObjectDirectory(Files.createTempDirectory("clickstream-local-s3-"), Lifetime.TEMPORARY);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary directory", e);
        }
    }

    @Override
    public void close() {
        if (lifetime == Lifetime.TEMPORARY && Files.exists(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete " + path, e);
            }
        }
    }
}
