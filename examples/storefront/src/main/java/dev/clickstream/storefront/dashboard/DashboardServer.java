package dev.clickstream.storefront.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clickstream.storefront.dashboard.PageFiles.PageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard over HTTP, on loopback only: the page, {@code GET /api/state}, and {@code POST /api/switches/{name}} with
 * {@code {"on": true}}. Numbers are read from the lake only while somebody looks. Thread-safe.
 */
public final class DashboardServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String JSON = "application/json";
    private static final String SWITCHES = "/api/switches/";
    private static final int THREADS = 4;
    private static final int MAX_BODY_BYTES = 1024;
    private static final int CLOSE_SECONDS = 5;

    private final Pipeline pipeline;
    private final WatchedLake lake;
    private final PageFiles files;
    private final HttpServer server;
    private final ExecutorService threads;
    private final SameOrigin origin;

    private DashboardServer(Pipeline pipeline, WatchedLake lake, PageFiles files, HttpServer server) {
        this.pipeline = pipeline;
        this.lake = lake;
        this.files = files;
        this.server = server;
        this.origin = new SameOrigin(server.getAddress().getPort());
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "dashboard");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * Starts it.
     *
     * @param pipeline what is shown; its lake may be empty, or not exist yet
     * @param port 0 for any free one
     * @return a server that answers
     * @throws UncheckedIOException if nothing can listen there, or DuckDB cannot be opened
     */
    public static DashboardServer start(Pipeline pipeline, int port) {
        try {
            PageFiles files = PageFiles.load();
            HttpServer server = listen(port);
            DashboardServer dashboard = new DashboardServer(pipeline, open(pipeline, server), files, server);
            server.start();
            return dashboard;
        } catch (SQLException e) {
            throw new UncheckedIOException("DuckDB cannot be opened", new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException("The dashboard cannot be started: " + e.getMessage(), e);
        }
    }

    private static WatchedLake open(Pipeline pipeline, HttpServer server) throws SQLException, IOException {
        try {
            return WatchedLake.open(pipeline.lake(), pipeline::expectedEvents, InstantSource.system());
        } catch (SQLException | IOException | RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    private static HttpServer listen(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IOException("nothing can listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Where a browser finds it.
     *
     * @return such as {@code http://127.0.0.1:8080/}
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            secure(call.getResponseHeaders());
            String path = call.getRequestURI().getPath();
            if (!origin.isOwnHost(call.getRequestHeaders().getFirst("Host"))) {
                problem(call, 403, "this server answers to its own address only");
            } else if (path.startsWith(SWITCHES)) {
                set(call, path.substring(SWITCHES.length()));
            } else if (!call.getRequestMethod().equals("GET")) {
                problem(call, 405, "GET only");
            } else if (path.equals("/api/state")) {
                state(call);
            } else {
                file(call, files.at(path));
            }
        }
    }

    private static void secure(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private static void file(HttpExchange call, @Nullable PageFile file) throws IOException {
        if (file == null) {
            problem(call, 404, "there is no such page");
        } else {
            send(call, 200, file.contentType(), file.bytes());
        }
    }

    private void state(HttpExchange call) throws IOException {
        byte[] state;
        try {
            state = MAPPER.writeValueAsBytes(DashboardState.of(lake.look(), pipeline));
        } catch (SQLException | IOException | RuntimeException e) {
            unreadable(call, e);
            return;
        }
        send(call, 200, JSON, state);
    }

    /** The exception's text may quote what lies in the lake. */
    private static void unreadable(HttpExchange call, Exception e) throws IOException {
        LOG.warn("The dashboard's numbers could not be read: {}", e.getClass().getName());
        problem(call, 503, "the numbers cannot be read at the moment");
    }

    private void set(HttpExchange call, String name) throws IOException {
        Headers request = call.getRequestHeaders();
        if (!call.getRequestMethod().equals("POST")) {
            problem(call, 405, "POST only");
        } else if (!origin.mayChange(
                request.getFirst("Host"), request.getFirst("Origin"), request.getFirst("Content-Type"))) {
            problem(call, 403, "switches are set by this page only");
        } else {
            set(call, name, on(call.getRequestBody().readNBytes(MAX_BODY_BYTES)));
        }
    }

    private void set(HttpExchange call, String name, @Nullable Boolean on) throws IOException {
        if (on == null) {
            problem(call, 400, "expected {\"on\": true} or {\"on\": false}");
            return;
        }
        try {
            pipeline.set(name, on);
            send(call, 200, JSON, MAPPER.writeValueAsBytes(pipeline.switches()));
        } catch (IllegalArgumentException e) {
            problem(call, 404, "there is no such switch");
        } catch (RuntimeException e) {
            LOG.warn("A switch could not be set", e);
            problem(call, 500, "the switch could not be set");
        }
    }

    private static @Nullable Boolean on(byte[] body) throws IOException {
        try {
            JsonNode on = MAPPER.readTree(body).path("on");
            return on.isBoolean() ? on.booleanValue() : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static void problem(HttpExchange call, int status, String text) throws IOException {
        send(call, status, JSON, MAPPER.writeValueAsBytes(Map.of("problem", text)));
    }

    private static void send(HttpExchange call, int status, String contentType, byte[] body) throws IOException {
        call.getResponseHeaders().set("Content-Type", contentType);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
    }

    /** Stops answering, at once. Again is harmless. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            // DuckDB must not be closed under a query.
            if (threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                lake.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("DuckDB could not be closed", e);
        }
    }
}
