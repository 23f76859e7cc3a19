package dev.clickstream.producer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event was not, or not for certain, written to the stream. It completes the event's future; {@link #reason} says
 * what that means for the caller. The message states sizes and times, never anything of the event.
 */
public final class SendFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. Only with {@link #IN_DOUBT} can the event be in the stream. */
    public enum Reason {
        /** Refused: the record would be larger than the stream takes. */
        TOO_LARGE,
        /** Refused: the partition key is empty, longer than 256 characters, or its function threw. */
        INVALID_KEY,
        /** Refused: no room in the buffer, at once or within {@code maxBlock}. */
        BUFFER_FULL,
        /** Refused: no room in the buffer, with {@link Overflow#DROP_NEWEST}. */
        DROPPED,
        /** Refused: the caller's thread was interrupted while it waited for room; its flag is set again. */
        INTERRUPTED,
        /** Refused: the producer is closed. */
        CLOSED,
        /** Failed: not accepted by the stream before {@code deliveryTimeout}, and certainly not written. */
        TIMEOUT,
        /** Failed: the service says that it never will, for instance because there is no such stream. */
        REJECTED,
        /** Failed: was queued behind an event of its key that ended {@link #IN_DOUBT}, and must not overtake it. */
        BEHIND_IN_DOUBT,
        /** Unknown: it was sent and no answer came. It may be in the stream, or get there later. */
        IN_DOUBT,
        /** Failed: still waiting when {@code close} ran out of time; never written. */
        ABANDONED
    }

    private final Reason reason;

    SendFailedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause, true, reason != Reason.DROPPED);
        this.reason = Objects.requireNonNull(reason);
    }

    SendFailedException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
