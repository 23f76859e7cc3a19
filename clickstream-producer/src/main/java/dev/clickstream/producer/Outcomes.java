package dev.clickstream.producer;

import dev.clickstream.producer.SendFailedException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Where every event ends, once: counted, its memory given back, and only then its future completed, on another thread.
 * Recording belongs to the send thread; refusing and reading the report are thread-safe.
 */
final class Outcomes {

    private record Ended(Pending event, @Nullable Receipt receipt, @Nullable SendFailedException failure) {}

    private final TimeSource time;
    private final MemoryBudget memory;
    private final FlushBarriers barriers;
    private final ProducerMeters meters;
    private final Executor completions;
    private final FailureLog log;
    private volatile @Nullable Instant lastSuccess;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder inDoubt = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private List<Ended> ended = new ArrayList<>();

    Outcomes(
            TimeSource time,
            MemoryBudget memory,
            FlushBarriers barriers,
            ProducerMeters meters,
            FailureLog log,
            Executor completions) {
        this.time = time;
        this.memory = memory;
        this.barriers = barriers;
        this.meters = meters;
        this.log = log;
        this.completions = completions;
    }

    /**
     * An event was never accepted.
     *
     * @return whether the log of failures has had nothing to tell before
     */
    boolean refused(SendFailedException failure) {
        refused.increment();
        meters.refused(failure.reason());
        return log.failed(failure.reason(), String.valueOf(failure.getMessage()));
    }

    void delivered(Pending event, Receipt receipt, long now) {
        delivered.increment();
        meters.delivered(now - event.acceptedAt());
        ended.add(new Ended(event, receipt, null));
    }

    void failed(Pending event, Reason reason, String message) {
        switch (reason) {
            case IN_DOUBT -> inDoubt.increment();
            case ABANDONED -> abandoned.increment();
            default -> failed.increment();
        }
        meters.failed(reason);
        log.failed(reason, message);
        ended.add(new Ended(event, null, new SendFailedException(reason, message)));
    }

    /** A record, with however many events, will be sent again. */
    void again(String error) {
        log.again(error);
    }

    /** Gives memory back and hands the futures over; at the end of each run of the loop. */
    void publish() {
        if (ended.isEmpty()) {
            return;
        }
        List<Ended> published = ended;
        ended = new ArrayList<>();
        long charges = 0;
        boolean success = false;
        for (Ended e : published) {
            charges += e.event().charge();
            success |= e.receipt() != null;
        }
        lastSuccess = success ? Instant.ofEpochMilli(time.epochMillis()) : lastSuccess;
        memory.release(charges);
        completions.execute(() -> complete(published));
    }

    private void complete(List<Ended> published) {
        try {
            for (Ended e : published) {
                if (e.failure() != null) {
                    e.event().future().completeExceptionally(e.failure());
                } else {
                    e.event().future().complete(e.receipt());
                }
            }
        } finally {
            barriers.leave(published.stream().map(Ended::event).toList());
        }
    }

    /** Tells the log of failures if it is time to. */
    void tell(long now) {
        log.tell(now);
    }

    /** Tells the log of failures for the last time. */
    void tellLast(long now) {
        log.tellNow(now);
    }

    /** When an event was delivered last, or null if none ever was. */
    @Nullable
    Instant lastSuccess() {
        return lastSuccess;
    }

    DeliveryReport report() {
        return new DeliveryReport(delivered.sum(), failed.sum(), inDoubt.sum(), abandoned.sum(), refused.sum());
    }
}
