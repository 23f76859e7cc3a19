package dev.clickstream.storefront;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpRelayIT {

    private final AtomicInteger served = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer service;
    private TcpRelay relay;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            served.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        service.start();
        relay = TcpRelay.inFrontOf(
                URI.create("http://127.0.0.1:" + service.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        relay.close();
        service.stop(0);
    }

    private CompletableFuture<Integer> call() {
        return http.sendAsync(HttpRequest.newBuilder(relay.endpoint()).build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    @Test
    void bytes_passUntilTheyAreHeld_andGoOnAfterwards() {
        assertThat(call().join()).isEqualTo(204);

        relay.hold();
        CompletableFuture<Integer> onOldConnection = call();
        CompletableFuture<Integer> onNewConnection = call();
        await().during(300, MILLISECONDS)
                .atMost(5, SECONDS)
                .until(() -> !onOldConnection.isDone() && !onNewConnection.isDone() && served.get() == 1);

        relay.release();
        assertThat(onOldConnection.join()).isEqualTo(204);
        assertThat(onNewConnection.join()).isEqualTo(204);
        assertThat(served).hasValue(3);
    }

    @Test
    void close_endsWhatIsHeld() {
        relay.hold();
        CompletableFuture<Integer> held = call();

        relay.close();

        await().atMost(5, SECONDS).until(held::isCompletedExceptionally);
        assertThat(served).hasValue(0);
    }
}
