package dev.clickstream.storefront;

import dev.clickstream.storefront.dashboard.Pipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches and what they do. Thread-safe. A switch shows its new position at once; what it does follows on a thread of its
 * own, one after the other, in the order in which they were set.
 */
final class Switchboard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    private final Map<String, Entry> entries = new LinkedHashMap<>(); // guarded by this
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Switchboard::daemon);

    private record Entry(Pipeline.Switch shown, Consumer<Boolean> action) {}

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "switches");
        thread.setDaemon(true);
        return thread;
    }

    /** Adds a switch that is off. */
    synchronized Switchboard state(String name, String label, String help, Consumer<Boolean> action) {
        entries.put(name, new Entry(new Pipeline.Switch(name, label, help, false, false), action));
        return this;
    }

    /** Adds something that can be done once, and again. */
    synchronized Switchboard once(String name, String label, String help, Runnable action) {
        entries.put(name, new Entry(new Pipeline.Switch(name, label, help, true, false), on -> action.run()));
        return this;
    }

    synchronized List<Pipeline.Switch> shown() {
        return entries.values().stream().map(Entry::shown).toList();
    }

    /**
     * Sets one.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    synchronized void set(String name, boolean on) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no switch of this name");
        }
        Pipeline.Switch before = entry.shown();
        if (before.once() ? !on : before.on() == on) {
            return;
        }
        if (!before.once()) {
            Pipeline.Switch after = new Pipeline.Switch(name, before.label(), before.help(), false, on);
            entries.put(name, new Entry(after, entry.action()));
        }
        thread.execute(() -> act(name, on, entry.action()));
    }

    private static void act(String name, boolean on, Consumer<Boolean> action) {
        try {
            action.accept(on);
        } catch (RuntimeException e) {
            LOG.error("The switch {} could not be set to {}", name, on, e);
        }
    }

    /** Switches all off, and waits a little until that is done. */
    @Override
    public void close() {
        shown().forEach(shown -> set(shown.name(), false));
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
