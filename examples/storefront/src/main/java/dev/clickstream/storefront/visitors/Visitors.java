package dev.clickstream.storefront.visitors;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People who walk through a shop by its own HTTP door, {@value #AT_ONCE} at a time, once they are told to come. Thread-safe. */
public final class Visitors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
    private static final int AT_ONCE = 6;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final List<String> USER_AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36");

    private final URI shop;
    private final Consumer<Duration> pause;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool(Visitors::daemon);
    private volatile boolean wanted;
    private int walking; // guarded by this

    /**
     * People who have not come yet.
     *
     * @param shop where they go
     * @param pause how they take time
     */
    public Visitors(URI shop, Consumer<Duration> pause) {
        this.shop = shop;
        this.pause = pause;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "visitor");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Lets them come, or go.
     *
     * @param on whether they are wanted; those who are there end their way early if not
     */
    public synchronized void come(boolean on) {
        wanted = on;
        while (on && walking < AT_ONCE) {
            walking++;
            threads.execute(this::visit);
        }
    }

    private void visit() {
        Random random = new Random();
        while (goesOn()) {
            String userAgent = USER_AGENTS.get(random.nextInt(USER_AGENTS.size()));
            try {
                new Walk(new Browser(http, shop, userAgent), random, pause, () -> wanted).go();
            } catch (IOException | RuntimeException e) {
                LOG.info("A visitor gave up: {}", e.toString());
                pause.accept(AFTER_FAILURE);
            } catch (InterruptedException e) {
                wanted = false;
            }
        }
    }

    private synchronized boolean goesOn() {
        if (!wanted) {
            walking--;
        }
        return wanted;
    }

    /** Sends them away, and waits a few seconds for them to be gone. */
    @Override
    public void close() {
        come(false);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(3, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
