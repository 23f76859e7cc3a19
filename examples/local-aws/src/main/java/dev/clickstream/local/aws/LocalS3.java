package dev.clickstream.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * s3proxy over a folder: an object is the file {@code <directory>/<bucket>/<key>}, its metadata the file's user
 * attributes.
 */
final class LocalS3 implements AutoCloseable {
    private static final int THREADS = 64;
    private static final long ABORT_WHAT_RUNS = 0;

    private final S3Proxy proxy;
    private final URI endpoint;

    private LocalS3(S3Proxy proxy) {
        this.proxy = proxy;
        this.endpoint = Loopback.endpoint(proxy.getPort());
    }

    /**
     * Starts it.
     *
     * @param directory made when it is not there
     */
    static LocalS3 start(Path directory, int port) {
        requireUserAttributes(directory);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(Loopback.endpoint(port))
                .jettyMaxThreads(THREADS)
                .stopTimeout(ABORT_WHAT_RUNS)
                .build();
        try {
            proxy.start();
            return new LocalS3(proxy);
        } catch (Exception e) {
            stop(proxy);
            throw Loopback.cannotStart("S3", port, e);
        }
    }

    /** s3proxy drops an object's metadata silently where the file system has no place for it. */
    private static void requireUserAttributes(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the directory " + directory, e);
        }
        try {
            UserDefinedFileAttributeView attributes =
                    Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class);
            attributes.write("user.clickstream", ByteBuffer.wrap(new byte[] {'1'}));
            attributes.delete("user.clickstream");
        } catch (IOException | RuntimeException e) {
            throw new UncheckedIOException(
                    "The file system of " + directory
                            + " keeps no user attributes, which the metadata of objects needs; choose another folder",
                    e instanceof IOException io ? io : new IOException(e));
        }
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        stop(proxy);
    }

    private static void stop(S3Proxy proxy) {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new UncheckedIOException(new IOException("S3 did not stop cleanly", e));
        }
    }
}
