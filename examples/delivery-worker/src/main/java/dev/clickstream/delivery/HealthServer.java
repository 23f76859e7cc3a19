package dev.clickstream.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clickstream.consumer.OutcomeCounts;
import dev.clickstream.consumer.WorkerHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells the worker's health as JSON: {@code /health} is 200 as long as the process should go on, {@code /ready} only when
 * nothing is wrong. Thread-safe.
 */
final class HealthServer implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpServer server;

    HealthServer(String host, int port, Supplier<WorkerHealth> health, Supplier<OutcomeCounts> counts) {
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("health_port: nothing can listen on " + host + ":" + port, e);
        }
        server.createContext("/health", call -> {
            WorkerHealth now = health.get();
            boolean isAlive = now.status() != WorkerHealth.Status.DOWN;
            answer(call, isAlive, body(now, counts.get()));
        });
        server.createContext("/ready", call -> {
            WorkerHealth now = health.get();
            answer(call, now.status() == WorkerHealth.Status.HEALTHY, body(now, counts.get()));
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static Map<String, Object> body(WorkerHealth health, OutcomeCounts counts) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", health.status());
        body.put("reasons", health.reasons());
        body.put("records", counts.records());
        body.put("ok", counts.ok());
        body.put("dropped", counts.dropped());
        body.put("failed", counts.failed());
        return body;
    }

    private static void answer(HttpExchange call, boolean isWell, Map<String, Object> body) throws IOException {
        try (call) {
            byte[] json = json(body).getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(isWell ? 200 : 503, json.length);
            call.getResponseBody().write(json);
        }
    }

    private static String json(Map<String, Object> body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are JSON", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
