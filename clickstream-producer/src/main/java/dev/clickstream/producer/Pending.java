package dev.clickstream.producer;

import dev.clickstream.producer.FlushBarriers.Barrier;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One accepted event on its way. Made by the caller's thread; everything that changes belongs to the send thread. */
final class Pending implements Aggregate.Data {

    private final EncodedEvent event;
    private final long sequence;
    private final int sizeBytes;
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
        this.sizeBytes = event.start().length + digits(sequence) + 1;
        this.acceptedAt = acceptedAt;
        this.barrier = barrier;
    }

    /** The record's data: the event with its number. */
    byte[] data() {
        byte[] data = new byte[sizeBytes];
        writeTo(data, 0);
        return data;
    }

    @Override
    public int sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void writeTo(byte[] record, int at) {
        byte[] start = event.start();
        System.arraycopy(start, 0, record, at, start.length);
        int end = at + sizeBytes - 1;
        record[end] = '}';
        for (long rest = sequence; end > at + start.length; rest /= 10) {
            record[--end] = (byte) ('0' + rest % 10);
        }
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
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
