package dev.clickstream.storefront.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server on loopback in front of a site, which logs what it answers as CloudFront does with a real-time log
 * configuration. Thread-safe.
 *
 * <p>The JDK's server reads the system property {@value #NO_DELAY} once; unless it is {@code true} before the process's
 * first server, small answers take 40 ms longer.
 *
 * <p>It passes on GET, HEAD and POST of its own host only, so that no page of another site can reach it by a name of its
 * own, and every answer tells the browser to load nothing from elsewhere.
 */
public final class Edge implements AutoCloseable {

    /** With a value of {@code true} the JDK's server does not wait for an acknowledgement between head and body. */
    public static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final int THREADS = 32;
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int STOP_SECONDS = 1;

    /** Logged as 000. */
    private static final int VIEWER_WENT_AWAY = 0;

    /** CloudFront's request ids are 56 characters of base64. */
    private static final int ID_BYTES = 42;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Origin origin;
    private final RealTimeLog log;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    private Edge(HttpServer server, Origin origin, RealTimeLog log, InstantSource time) {
        this.server = server;
        this.origin = origin;
        this.log = log;
        this.time = time;
        this.threads = Executors.newFixedThreadPool(THREADS, Edge::daemon);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "edge");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts one.
     *
     * @param port 0 for any that is free
     * @param origin what answers
     * @param log where requests are logged
     * @param time of the log
     * @return a running one, to be closed by the caller
     * @throws UncheckedIOException if the port is busy
     */
    public static Edge start(int port, Origin origin, RealTimeLog log, InstantSource time) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            Edge edge = new Edge(server, origin, log, time);
            server.createContext("/", edge::handle);
            server.setExecutor(edge.threads);
            server.start();
            return edge;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Where it listens.
     *
     * @return such as {@code http://127.0.0.1:8080/}
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        Instant came = time.instant();
        try (exchange) {
            ViewerRequest request = read(exchange);
            Origin.Answer answer = answer(request);
            try {
                long bytes = send(exchange, answer);
                log(came, request, answer.status(), bytes, answer.click());
            } catch (IOException e) {
                log(came, request, VIEWER_WENT_AWAY, 0, null);
            }
        }
    }

    private void log(Instant came, ViewerRequest request, int status, long bytes, @Nullable String click) {
        Instant finished = time.instant();
        Duration took = Duration.between(came, finished);
        log.log(new LoggedRequest(newId(), finished, took, request, status, bytes), click);
    }

    private static ViewerRequest read(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery();
        return new ViewerRequest(
                exchange.getRequestMethod(),
                asked.getRawPath() == null ? "/" : asked.getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders()::getFirst,
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1));
    }

    private Origin.Answer answer(ViewerRequest request) {
        if (!isOwnHost(request.header("Host"))) {
            return Origin.Answer.text(421, "This host is not served here");
        }
        if (!METHODS.contains(request.method())) {
            return Origin.Answer.text(405, "GET, HEAD and POST only").with("Allow", "GET, HEAD, POST");
        }
        if (request.body().length > MAX_BODY_BYTES) {
            return Origin.Answer.text(413, "Too large");
        }
        try {
            return origin.answer(request);
        } catch (RuntimeException e) {
            LOG.error("The site failed to answer", e);
            return Origin.Answer.text(500, "Something went wrong");
        }
    }

    private boolean isOwnHost(@Nullable String host) {
        int port = server.getAddress().getPort();
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    private static long send(HttpExchange exchange, Origin.Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.add("Content-Type", answer.contentType());
        headers.add("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'");
        headers.add("X-Content-Type-Options", "nosniff");
        headers.add("Referrer-Policy", "same-origin");
        answer.headers().forEach(header -> headers.add(header.name(), header.value()));
        boolean empty = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
        if (empty) {
            return 0;
        }
        exchange.getResponseBody().write(answer.body());
        return answer.body().length;
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }

    /** Stops to listen; requests under way have a second to end. Again is harmless. */
    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdownNow();
    }
}
