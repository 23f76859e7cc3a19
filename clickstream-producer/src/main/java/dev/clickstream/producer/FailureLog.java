package dev.clickstream.producer;

import dev.clickstream.producer.SendFailedException.Reason;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Tells the log how many events were refused or failed, and what was sent again, once per interval and never for a
 * single event: the first at once, what follows together. Counting is thread-safe; telling belongs to the send thread.
 */
final class FailureLog {

    static final long EVERY = TimeUnit.MINUTES.toNanos(1);

    private final Consumer<String> log;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicBoolean news = new AtomicBoolean();
    private volatile String last = "";
    private boolean told;
    private long toldAt;

    FailureLog(Consumer<String> log) {
        this.log = log;
    }

    /**
     * An event has not been delivered; the message holds nothing of it.
     *
     * @return whether there was nothing to tell before
     */
    boolean failed(Reason reason, String message) {
        count(reason.name());
        last = message;
        return !news.get() && news.compareAndSet(false, true);
    }

    /** A record, with however many events, goes again. */
    void again(String error) {
        count("sent again after " + error);
    }

    private void count(String what) {
        LongAdder count = counts.get(what);
        if (count == null) {
            count = counts.computeIfAbsent(what, w -> new LongAdder());
        }
        count.increment();
    }

    /** Tells what there is to tell if it is time. */
    void tell(long now) {
        if (!told || now - toldAt >= EVERY) {
            tellNow(now);
        }
    }

    /** Tells what there is to tell, as there will be no other time. */
    void tellNow(long now) {
        news.set(false); // first: what is counted from here on is news, told below or not
        Map<String, Long> byWhat = new TreeMap<>();
        counts.forEach((what, count) -> {
            long times = count.sumThenReset();
            if (times > 0) {
                byWhat.put(what, times);
            }
        });
        if (byWhat.isEmpty()) {
            return;
        }
        told = true;
        toldAt = now;
        String message = last;
        log.accept("not delivered or sent again since the last such line: " + byWhat
                + (message.isEmpty() ? "" : "; the last event that was not delivered: " + message));
        last = "";
    }
}
