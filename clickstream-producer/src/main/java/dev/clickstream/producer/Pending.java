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
    private int carried;

    Pending(EncodedEvent event, long sequence, long acceptedAt, Barrier barrier) {
        this.event = event;
        this.sequence = sequence;
        this.acceptedAt = acceptedAt;
        this.barrier = barrier;
    }

    /** The record's data: the event with its number. */
    byte[] data() {
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

    /** Decimal, or null if the key's MD5 says where it belongs. */
    @Nullable
    String explicitHashKey() {
        return event.explicitHashKey();
    }

    HashKey hash() {
        return event.hash();
    }

    /** Key and data, at most. */
    int recordBytes() {
        return event.recordBytes();
    }

    /** What is given back to the memory budget when it ends. */
    int charge() {
        return event.charge() + carried;
    }

    /** Takes over the charge of an event that ends while its bytes are still needed for this one. */
    void carry(Pending other) {
        carried += other.charge();
        other.carried = -other.event.charge();
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
