package dev.clickstream.local.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * AWS's own DynamoDBLocal, with its tables in memory, behind a Jetty of ours.
 *
 * <p>Its {@code ServerRunner} would listen on every network interface, hide a port that it chose itself, swallow a
 * busy one, and need three more AWS clients for a telemetry that has to be switched off; its request handler does
 * none of that.
 */
final class LocalDynamoDb implements AutoCloseable {
    /** DynamoDBLocal is served by its one SQLite thread anyway; Jetty takes some of these for itself. */
    private static final int THREADS = 64;

    private static final int MIN_THREADS = 8;
    private static final int IDLE_MILLIS = 60_000;

    private static final @Nullable String IN_MEMORY = null;

    private final Server server;
    private final LocalDynamoDBServerHandler handler;
    private final ThreadGroup group;
    private final URI endpoint;

    private LocalDynamoDb(Server server, LocalDynamoDBServerHandler handler, ThreadGroup group, int port) {
        this.server = server;
        this.handler = handler;
        this.group = group;
        this.endpoint = Loopback.endpoint(port);
    }

    static LocalDynamoDb start(int port) {
        ThreadGroup group = new ThreadGroup("local-dynamodb");
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, MIN_THREADS, IDLE_MILLIS, -1, null, group);
        threads.setName("local-dynamodb");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(Loopback.HOST);
        connector.setPort(port);
        server.addConnector(connector);
        LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(requests(), null);
        server.setHandler(handler);
        try {
            server.start();
            return new LocalDynamoDb(server, handler, group, connector.getLocalPort());
        } catch (Exception e) {
            stop(server, handler, group);
            throw Loopback.cannotStart("DynamoDB", port, e);
        }
    }

    private static LocalDynamoDBRequestHandler requests() {
        boolean inMemory = true;
        boolean sharedByAllCredentials = true;
        boolean delayTransientStatuses = false;
        return new LocalDynamoDBRequestHandler(0, inMemory, IN_MEMORY, sharedByAllCredentials, delayTransientStatuses);
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        stop(server, handler, group);
    }

    private static void stop(Server server, LocalDynamoDBServerHandler handler, ThreadGroup group) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new UncheckedIOException(new IOException("DynamoDB did not stop cleanly", e));
        } finally {
            handler.close();
            // Its background jobs sleep on otherwise; they were made by Jetty's threads, so they are in their group.
            group.interrupt();
        }
    }
}
