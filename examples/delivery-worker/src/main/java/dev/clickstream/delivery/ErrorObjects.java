package dev.clickstream.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** Finds objects of the error output: a file, all files in a folder and below, or all objects under an S3 prefix. */
final class ErrorObjects {
    private static final String SCHEME = "s3://";

    private ErrorObjects() {}

    /** One of them, not opened yet. */
    record Found(String name, Opening open) {}

    /** What opens one of them. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /** In the order of their names, which is that of time. Throws what reading a folder or S3 throws. */
    static Stream<Found> in(String source, S3Client s3) throws IOException {
        return source.startsWith(SCHEME) ? ofS3(source.substring(SCHEME.length()), s3) : ofFolder(Path.of(source));
    }

    private static Stream<Found> ofS3(String location, S3Client s3) {
        int slash = location.indexOf('/');
        String bucket = slash < 0 ? location : location.substring(0, slash);
        String prefix = slash < 0 ? "" : location.substring(slash + 1);
        return s3.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix)).contents().stream()
                .filter(object -> object.size() > 0)
                .map(object -> new Found(
                        SCHEME + bucket + "/" + object.key(),
                        () -> s3.getObject(g -> g.bucket(bucket).key(object.key()))));
    }

    private static Stream<Found> ofFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        return files.stream().map(file -> new Found(file.toString(), () -> Files.newInputStream(file)));
    }
}
