package dev.clickstream.producer;

import dev.clickstream.producer.FlushBarriers.Barrier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One accepted event on its way. Made by the caller's thread; everything that changes belongs to the send thread. */
final class Pending {

    private final EncodedEvent event;
    private final long sequence;
    private final long acceptedAt;
    private final Barrier barrier;
    private final CompletableFuture<Receipt> future = new CompletableFuture<>();
    private int attempts;
    private boolean maybeWritten;
    private @Nullable String lastError;
    private Transport.@Nullable Entry entry;

    Pending(EncodedEvent event, long sequence, long acceptedAt, Barrier barrier) {
        this.event = event;
        this.sequence = sequence;
        this.acceptedAt = acceptedAt;
        this.barrier = barrier;
    }

    /** The same object, and so the same bytes, at every attempt. */
    Transport.Entry entry() {
        if (entry == null) {
            entry = new Transport.Entry(event.key(), numbered());
        }
        return entry;
    }

    private byte[] numbered() {
        byte[] end = (sequence + "}").getBytes(StandardCharsets.US_ASCII);
        byte[] data = Arrays.copyOf(event.start(), event.start().length + end.length);
        System.arraycopy(end, 0, data, event.start().length, end.length);
        return data;
    }

    void attempted() {
        attempts++;
    }

    void failed(String error, boolean possiblyWritten) {
        lastError = error;
        maybeWritten |= possiblyWritten;
    }

    String key() {
        return event.key();
    }

    /** Key and data, at most. */
    int recordBytes() {
        return event.recordBytes();
    }

    /** What it was charged in the memory budget. */
    int charge() {
        return event.charge();
    }

    long sequence() {
        return sequence;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    int attempts() {
        return attempts;
    }

    /** Whether an earlier attempt may be in the stream although no answer said so. A later failure cannot undo it. */
    boolean maybeWritten() {
        return maybeWritten;
    }

    @Nullable
    String lastError() {
        return lastError;
    }

    Barrier barrier() {
        return barrier;
    }

    CompletableFuture<Receipt> future() {
        return future;
    }
}
