package dev.clickstream.producer;

/** What {@code send} does when the buffer is full. Each case is counted. */
public enum Overflow {

    /**
     * The caller waits for room, up to {@code maxBlock}, and then the event fails as {@link
     * SendFailedException.Reason#BUFFER_FULL}. On a thread that completes a producer's futures it fails at once, since
     * that thread may be the one that has to make room.
     */
    BLOCK,

    /** The event fails at once as {@link SendFailedException.Reason#BUFFER_FULL}. */
    FAIL,

    /**
     * The event is dropped: it fails at once as {@link SendFailedException.Reason#DROPPED}. For callers that do not
     * look at the future; the exception has no stack trace and costs little.
     */
    DROP_NEWEST
}
