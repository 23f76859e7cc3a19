package dev.clickstream.local.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and DynamoDB or S3, on loopback, and fails as they do when it is told to: as a service that
 * throttles, is unavailable or slow, resets connections, or does what it is asked and loses the answer. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

    /** What may happen to a call. */
    public enum Fault {
        /** It takes up to a second longer. */
        LATENCY,
        /** Refused, as DynamoDB and S3 refuse what is too much. */
        THROTTLED,
        /** Refused with a status of 500 or 503. */
        UNAVAILABLE,
        /** The connection breaks before the service has seen the call. */
        RESET,
        /** The service does it, and the connection breaks before the answer. */
        LOST_ANSWER
    }

    /** What {@link HttpClient} sets itself, and refuses to be told. */
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private static final int MOST_LATENCY_MILLIS = 1_000;
    private static final byte[] DYNAMO_THROTTLED = bytes(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\",\"message\":\"too much\"}");
    private static final byte[] DYNAMO_UNAVAILABLE =
            bytes("{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\",\"message\":\"try again\"}");
    private static final byte[] S3_THROTTLED = bytes(
            "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>");
    private static final byte[] S3_UNAVAILABLE = bytes(
            "<?xml version=\"1.0\"?><Error><Code>InternalError</Code><Message>Please try again.</Message></Error>");

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultyProxy::daemon);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong met = new AtomicLong();
    private Random random = new Random(0); // guarded by this
    private double share; // guarded by this
    private List<Fault> faults = List.of(); // guarded by this
    private int latencyMillis; // guarded by this

    private FaultyProxy(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No port on loopback", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Starts one that does nothing but pass on, yet.
     *
     * @param target an endpoint of a {@link LocalAws}
     * @return a running one
     */
    public static FaultyProxy inFrontOf(URI target) {
        return new FaultyProxy(target);
    }

    /**
     * Where it listens.
     *
     * @return an endpoint to use in place of the target's
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * From now on this happens; without kinds nothing does.
     *
     * @param seed which calls it happens to follows from it, as far as they come in the same order
     * @param share of the calls, 0 to 1
     * @param kinds one of them at random
     */
    public synchronized void faults(long seed, double share, Fault... kinds) {
        this.random = new Random(seed);
        this.share = share;
        this.faults = List.of(kinds);
    }

    /**
     * From now on every call takes up to so much longer, beside faults: as long as it takes over a network.
     *
     * @param most zero for none, which is how it starts
     */
    public synchronized void latency(Duration most) {
        this.latencyMillis = (int) most.toMillis();
    }

    /**
     * How many calls met a fault.
     *
     * @return since the start
     */
    public long met() {
        return met.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Decision decision = decide();
            byte[] body = exchange.getRequestBody().readAllBytes();
            TimeUnit.MILLISECONDS.sleep(decision.latencyMillis);
            if (decision.fault == null) {
                answer(exchange, pass(exchange, body));
                return;
            }
            met.incrementAndGet();
            switch (decision.fault) {
                case LATENCY -> {
                    TimeUnit.MILLISECONDS.sleep(decision.faultMillis);
                    answer(exchange, pass(exchange, body));
                }
                case THROTTLED -> refuse(exchange, 400, DYNAMO_THROTTLED, S3_THROTTLED);
                case UNAVAILABLE -> refuse(exchange, 500, DYNAMO_UNAVAILABLE, S3_UNAVAILABLE);
                case LOST_ANSWER -> {
                    HttpResponse<byte[]> unused = pass(exchange, body);
                }
                case RESET -> {
                    // Closed without an answer.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What happens to a call. */
    private record Decision(@Nullable Fault fault, int faultMillis, int latencyMillis) {}

    private synchronized Decision decide() {
        int latency = latencyMillis == 0 ? 0 : random.nextInt(latencyMillis);
        if (faults.isEmpty() || random.nextDouble() >= share) {
            return new Decision(null, 0, latency);
        }
        Fault fault = faults.get(random.nextInt(faults.size()));
        return new Decision(fault, random.nextInt(MOST_LATENCY_MILLIS), latency);
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(asked.toString()))
                .timeout(Duration.ofMinutes(1))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void refuse(HttpExchange exchange, int status, byte[] dynamo, byte[] s3) throws IOException {
        boolean isDynamo = exchange.getRequestHeaders().containsKey("X-Amz-Target");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        byte[] body = isDynamo ? dynamo : s3;
        exchange.getResponseHeaders().add("Content-Type", isDynamo ? "application/x-amz-json-1.0" : "application/xml");
        exchange.sendResponseHeaders(isDynamo ? status : 503, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops to listen; calls that run are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
