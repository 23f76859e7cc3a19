package dev.clickstream.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Stands between a client and a service on loopback and passes bytes on, whatever they mean; or holds them, as if the
 * client's machine stood still: connections stay open, new ones are taken, nothing moves. Thread-safe.
 */
final class TcpRelay implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerSocket listening;
    private final URI target;
    private final ExecutorService threads = Executors.newCachedThreadPool(TcpRelay::daemon);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean held; // guarded by lock

    private TcpRelay(URI target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("No port on loopback", e);
        }
        threads.execute(this::accept);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "tcp-relay");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts one that passes on. */
    static TcpRelay inFrontOf(URI target) {
        return new TcpRelay(target);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** From now on no byte moves, in either direction. */
    void hold() {
        synchronized (lock) {
            held = true;
        }
    }

    /** Lets go of what was held, and passes on again. */
    void release() {
        synchronized (lock) {
            held = false;
            lock.notifyAll();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                keep(client);
                threads.execute(() -> connect(client));
            }
        } catch (IOException | RejectedExecutionException e) {
            // Closed.
        }
    }

    /** A connection that comes while this closes is closed too. */
    private void keep(Socket socket) {
        open.add(socket);
        if (listening.isClosed()) {
            close(socket);
        }
    }

    private void connect(Socket client) {
        try {
            awaitRelease();
            Socket service = new Socket(target.getHost(), target.getPort());
            keep(service);
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            threads.execute(() -> pass(service, client));
            pass(client, service);
        } catch (IOException | InterruptedException | RejectedExecutionException e) {
            close(client);
        }
    }

    /** Until one side ends; then both do. */
    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitRelease();
                out.write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // One side has closed or broken its connection.
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitRelease() throws InterruptedException {
        synchronized (lock) {
            while (held) {
                lock.wait();
            }
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // Gone anyway.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
        open.forEach(this::close);
    }
}
