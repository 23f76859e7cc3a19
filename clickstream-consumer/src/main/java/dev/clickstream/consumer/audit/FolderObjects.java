package dev.clickstream.consumer.audit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files, with the folder in the place of the bucket.
 *
 * @param folder whose files are named as keys are
 */
record FolderObjects(Path folder) implements ObjectSource {
    @Override
    public void forEach(Visitor visitor) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String key = folder.relativize(file).toString().replace(File.separatorChar, '/');
            if (!ObjectSource.isHidden(key)) {
                try (InputStream object = Files.newInputStream(file)) {
                    visitor.visit(key, object);
                }
            }
        }
    }
}
