package dev.clickstream.storefront;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The delivered objects, as files in a folder. */
final class ObjectFolder {

    private final Path folder;

    /** Objects below a folder, which need not exist yet. */
    ObjectFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * An object.
     *
     * @param path absolute
     * @param bytes its size
     * @param visible when it was written
     */
    record Delivered(Path path, long bytes, Instant visible) {}

    Path path() {
        return folder;
    }

    /** All of them, as a pattern that DuckDB understands, within quotes. */
    String glob() {
        String plain = folder.toString().replace("[", "[[]").replace("*", "[*]").replace("?", "[?]");
        return plain.replace("'", "''") + "/**/*.gz";
    }

    /** All objects that there are now. */
    List<Delivered> list() {
        List<Delivered> objects = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return objects;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".gz"))::iterator) {
                objects.add(new Delivered(
                        file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            // The store renames files while it writes them; the next look sees them whole.
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return objects;
    }

    /** Removes what the store left of uploads whose client has died; nobody else may be writing. */
    void removeUnfinished() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.toString().endsWith(".gz")) {
                    Files.delete(file);
                }
            }
        }
    }
}
