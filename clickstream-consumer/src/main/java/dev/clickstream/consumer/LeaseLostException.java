package dev.clickstream.consumer;

/** Somebody else holds the shard, or this processor was told to end: nothing may be written or committed any more. */
final class LeaseLostException extends Exception {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }

    LeaseLostException(Throwable cause) {
        super(cause);
    }
}
