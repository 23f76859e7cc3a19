package dev.clickstream.local.aws;

import static java.util.Objects.requireNonNull;

import dev.clickstream.local.kinesis.LocalKinesis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kinesis, DynamoDB and S3 inside this process, over real HTTP on {@code 127.0.0.1}, for tests and demonstrations.
 *
 * <p>Thread-safe. Several may run in one process. Kinesis is {@link LocalKinesis}; DynamoDB is AWS's DynamoDBLocal with its tables in memory; S3 is
 * s3proxy, which keeps the object {@code key} of {@code bucket} as the plain file {@code <directory>/<bucket>/<key>},
 * where DuckDB and others can read it. An object appears under its name whole or not at all: while it is written it is
 * a file {@code <key>-<UUID>} beside it, and the parts of an unfinished multipart upload are below
 * {@code .mpus-<id>-<key>} in the bucket, so a glob such as {@code **}{@code /*.gz} never sees them.
 *
 * <p>{@link #close()} stops everything; until then s3proxy's threads keep the process alive. The stand-ins log warnings
 * only, if the logging is slf4j-simple and nothing else was set; with any other, set {@code org.gaul} and
 * {@code org.eclipse.jetty} to warnings.
 *
 * <p>DynamoDBLocal comes under a licence of AWS's own: for people with an AWS account, for development and tests, not
 * to be passed on.
 */
public final class LocalAws implements AutoCloseable {
    private final LocalKinesis kinesis;
    private final LocalDynamoDb dynamoDb;
    private final LocalS3 s3;
    private final ObjectDirectory directory;
    private final LocalClients clients;
    private final Object closing = new Object();
    private boolean closed;

    private LocalAws(LocalKinesis kinesis, LocalDynamoDb dynamoDb, LocalS3 s3, ObjectDirectory directory) {
        this.kinesis = kinesis;
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
        this.directory = directory;
        this.clients = LocalClients.of(kinesis.endpoint(), dynamoDb.endpoint(), s3.endpoint());
    }

    /**
     * Starts all of it on free ports, with objects in a temporary directory that goes away with it.
     *
     * @return running services, to be closed by the caller
     * @throws UncheckedIOException when something cannot start
     */
    public static LocalAws start() {
        return builder().start();
    }

    /**
     * A builder, for ports and a directory of one's own.
     *
     * @return a new one
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where Kinesis answers.
     *
     * @return such as {@code http://127.0.0.1:4567}
     */
    public URI kinesisEndpoint() {
        return kinesis.endpoint();
    }

    /**
     * The Kinesis endpoint itself, for its clock. Closed with the rest.
     *
     * @return always the same one
     */
    public LocalKinesis kinesis() {
        return kinesis;
    }

    /**
     * Where DynamoDB answers.
     *
     * @return such as {@code http://127.0.0.1:8000}
     */
    public URI dynamoDbEndpoint() {
        return dynamoDb.endpoint();
    }

    /**
     * Where S3 answers, in path style.
     *
     * @return such as {@code http://127.0.0.1:9000}
     */
    public URI s3Endpoint() {
        return s3.endpoint();
    }

    /**
     * Where the objects are: one directory per bucket, below it one file per object.
     *
     * @return absolute
     */
    public Path directory() {
        return directory.path();
    }

    /**
     * Clients for these services, closed with them. {@link LocalClients#of} makes others.
     *
     * @return always the same ones
     */
    public LocalClients clients() {
        return clients;
    }

    /**
     * Closes the clients, stops the services and their threads, aborts what they are doing, and deletes the directory
     * if it was a temporary one. Again is harmless.
     *
     * @throws UncheckedIOException when something does not stop cleanly; the rest has been stopped then
     */
    @Override
    public void close() {
        // Whoever closes second waits for the first: a shutdown hook must not return before the work is done.
        synchronized (closing) {
            if (!closed) {
                closed = true;
                closeAll(List.of(clients, s3, dynamoDb, kinesis, directory));
            }
        }
    }

    private static void closeAll(List<? extends AutoCloseable> all) {
        UncheckedIOException failure = null;
        for (AutoCloseable one : all) {
            try {
                one.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new UncheckedIOException(new IOException("Local AWS did not stop cleanly", e));
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Settings of a {@link LocalAws}. Not thread-safe. */
    public static final class Builder {
        private LocalKinesis.Builder kinesis = LocalKinesis.builder();
        private @Nullable Path directory;
        private int dynamoDbPort;
        private int s3Port;

        private Builder() {}

        /**
         * How Kinesis is to be: its port, its clock, its limits. Default: {@link LocalKinesis#builder()} as it is.
         *
         * @param settings not started
         * @return this builder
         */
        public Builder kinesis(LocalKinesis.Builder settings) {
            this.kinesis = requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Where S3 keeps its objects. Default: a temporary directory, deleted by {@link LocalAws#close()}.
         *
         * @param directory made when it is not there; its file system must keep user attributes (ext4, XFS, APFS and
         *     NTFS do), as they hold the objects' metadata; never deleted
         * @return this builder
         */
        public Builder directory(Path directory) {
            this.directory = requireNonNull(directory, "directory");
            return this;
        }

        /**
         * DynamoDB's port. Default: 0, any that is free.
         *
         * @param port 0 to 65535
         * @return this builder
         */
        public Builder dynamoDbPort(int port) {
            this.dynamoDbPort = Loopback.requirePort("dynamoDbPort", port);
            return this;
        }

        /**
         * S3's port. Default: 0, any that is free.
         *
         * @param port 0 to 65535
         * @return this builder
         */
        public Builder s3Port(int port) {
            this.s3Port = Loopback.requirePort("s3Port", port);
            return this;
        }

        /**
         * Starts the services, all at the same time, and returns when they answer.
         *
         * @return running services, to be closed by the caller
         * @throws UncheckedIOException when a port is busy or the directory cannot be used; nothing runs then
         */
        public LocalAws start() {
            StandInLogs.quiet();
            ExecutorService starters = Executors.newCachedThreadPool(Builder::starter);
            ObjectDirectory objects = ObjectDirectory.of(directory);
            CompletableFuture<LocalKinesis> kinesis = start(starters, this::startKinesis);
            CompletableFuture<LocalDynamoDb> dynamoDb = start(starters, () -> LocalDynamoDb.start(dynamoDbPort));
            CompletableFuture<LocalS3> s3 = start(starters, () -> LocalS3.start(objects.path(), s3Port));
            try {
                return new LocalAws(kinesis.join(), dynamoDb.join(), s3.join(), objects);
            } catch (CompletionException e) {
                throw giveUp(e, objects, List.of(kinesis, dynamoDb, s3));
            } finally {
                starters.shutdown();
            }
        }

        private LocalKinesis startKinesis() {
            try {
                return kinesis.start();
            } catch (UncheckedIOException e) {
                IOException cause = requireNonNull(e.getCause());
                throw new UncheckedIOException("Cannot start Kinesis: " + e.getMessage(), cause);
            }
        }

        private static Thread starter(Runnable task) {
            Thread thread = new Thread(task, "local-aws-start");
            thread.setDaemon(true);
            return thread;
        }

        private static <S extends AutoCloseable> CompletableFuture<S> start(
                ExecutorService starters, Supplier<S> service) {
            return CompletableFuture.supplyAsync(service, starters);
        }

        private static RuntimeException giveUp(
                CompletionException e,
                ObjectDirectory objects,
                List<CompletableFuture<? extends AutoCloseable>> services) {
            RuntimeException failure = e.getCause() instanceof UncheckedIOException known ? known : e;
            for (CompletableFuture<? extends AutoCloseable> service : services) {
                service.thenAccept(started -> closeQuietly(started, failure))
                        .exceptionally(itsOwn -> null)
                        .join();
            }
            closeQuietly(objects, failure);
            return failure;
        }

        private static void closeQuietly(AutoCloseable started, RuntimeException failure) {
            try {
                started.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }
}
