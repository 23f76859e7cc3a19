package dev.clickstream.storefront.dashboard;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The bucket's folder, looked at again and again. An object is created whole and never changes, so each is looked at once;
 * a further look only reads names. One thread at a time.
 */
final class LakeFolder {
    private static final String OBJECT = ".gz";

    private final Path folder;
    private final Set<String> taken = new HashSet<>();

    /** A folder that need not exist yet. */
    LakeFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * An object.
     *
     * @param file absolute
     * @param key its name in the bucket
     * @param bytes its size
     * @param written when it could be read for the first time
     */
    record StoredObject(Path file, String key, long bytes, Instant written) {}

    /** Up to so many objects that have not been {@link #taken}, in no order. */
    List<StoredObject> untaken(int limit) throws IOException {
        List<StoredObject> found = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(folder));
        while (!folders.isEmpty() && found.size() < limit) {
            look(folders.remove(folders.size() - 1), folders, found, limit);
        }
        return found;
    }

    private void look(Path inside, List<Path> folders, List<StoredObject> found, int limit) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(inside)) {
            for (Path entry : entries) {
                if (!entry.toString().endsWith(OBJECT)) {
                    // The store's own half-written files are neither.
                    if (Files.isDirectory(entry)) {
                        folders.add(entry);
                    }
                } else if (found.size() < limit && !taken.contains(key(entry))) {
                    found.add(object(entry));
                }
            }
        } catch (NoSuchFileException e) {
            // Not made yet, or renamed while we looked: the next look sees it.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private StoredObject object(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new StoredObject(
                file,
                key(file),
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    private String key(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** These are not looked at again. */
    void taken(List<StoredObject> objects) {
        objects.forEach(object -> taken.add(object.key()));
    }
}
